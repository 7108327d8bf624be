"""Whatever stands in the address of the results page: a clear answer with bounded work, the same by every engine."""

from urllib.parse import quote

import pytest

from search import feeding
from search.engines import understudy
from search.engines.elasticsearch.client import feeders

pytestmark = pytest.mark.django_db
# What bounds the time of an answer: however long the question is, no more of its words are asked for.
MOST_WORDS = 32
WORDS = [
    "я" * 10_000,
    "бөлшек " * 1500,
    " ".join(f"сөз{n}" for n in range(2000)),
    '"бөлшек" AND OR NOT NEAR( * ^ : {title} -',
    "stems : a OR b* бөлшек~2 /.*/ [* TO *] _exists_:audience",
    '{"query": {"match_all": {}}}',
    "'; DROP TABLE search_entry; -- бөлшек",
    "бөлшек\x00\x01\x1f\x7f\u202e\u200b\ufffe",
    "\\' & | ! <-> :* %s %(x)s ${jndi:x} бөлшек",
    "???",
    "👍🏽 漢字かな交じり文 бөлшек",
    "\u0301" * 3000,
]
ADDRESSES = [
    *(f"q={quote(text)}" for text in WORDS),
    # Halves of surrogates, and bytes that are no text
    "q=%ED%A0%80%ED%BF%BF+бөлшек",
    "q=%FF%FE+бөлшек",
    "q=бөлшек&" + "&".join(f"subject={n}" for n in range(1000)),
    "q=бөлшек&" + "&".join(f"f{n}=1" for n in range(500)),
    "q=бөлшек&grade=" + "9" * 5000,
    "q=бөлшек&language=kk%20OR%20ru&kind=.*&in=%2A",
    *(f"q=бөлшек&page={page}" for page in ("15", "16", "9999", "9" * 4000, "-1", "0", "1e3", "%D9%A3")),
    *(
        f"q=бөлшек&sort=newest&after={after}"
        for after in ("x", "|", "2026-99-99T00:00:00%2B00:00|1", "9" * 5000, "9999-12-31T23:59:59-14:00|1")
    ),
    "sort[]=newest&q[]=бөлшек&q=&q=бөлшек",
]


def told(client, address: str) -> tuple:
    answer = client.get(f"/kk/search/?{address}")
    if answer.status_code != 200:
        return answer.status_code, answer.content.decode()
    results = answer.context["results"]
    assert len(results.words) <= MOST_WORDS
    hits = {(hit.source, hit.object_id) for hit in results}
    return answer.status_code, results.total, hits, results.facets, [near.query.text for near in results.nearest]


def test_any_address_is_answered_alike_by_every_engine(world, fed, client, settings, monkeypatch):
    monkeypatch.setattr(understudy, "breaker", understudy.Breaker())
    feeding.feed()
    feeders().indices.refresh(index=fed)
    found = {address: told(client, address) for address in ADDRESSES}
    assert {answer[0] for answer in found.values()} <= {200, 400}
    assert sum(1 for answer in found.values() if answer[0] == 200 and answer[1]) > len(ADDRESSES) / 2, "words beside them are found"
    settings.SEARCH_ENGINE = "elasticsearch"
    for address in ADDRESSES:
        assert (address[:200], told(client, address)) == (address[:200], found[address])
    assert understudy.breaker.lets_through(), "it was the cluster that answered"
