"""What every engine owes, on whichever database the settings name."""

from datetime import UTC, datetime, timedelta

import pytest

from search.entries import Part, put_part, remove_entry, remove_part, withdraw, withdraw_container
from search.find import newest, search, suggest
from search.query import NEWEST, WINDOW, SearchQuery

pytestmark = pytest.mark.parametrize("engine", ["embedded", "elasticsearch"], indirect=True)
DAY = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def library(shelf):
    shelf.put("Бөлшектерді қосу", "Ортақ бөлімге келтіру арқылы бөлшектерді қосамыз.", facets={"subject": ["math"], "grade": ["5", "6"]})
    shelf.put("Жай бөлшектер", "Бөлшектердің түрлері мен мысалдар.", facets={"subject": ["math"], "grade": ["6"]})
    shelf.put("Өсімдіктер әлемі", "Жапырақтың құрылысы мен фотосинтез.", facets={"subject": ["biology"], "grade": ["6"]})
    shelf.put("Сложение дробей", "Приводим дроби к общему знаменателю.", language="ru", facets={"subject": ["math"], "grade": ["5"]})
    shelf.put("Adding fractions", "Find a common denominator first.", language="en", facets={"subject": ["math"], "grade": ["5"]})
    return shelf


class TestWords:
    @pytest.mark.parametrize("text", ["бөлшек", "бөлшектеріңізді", "БӨЛШЕКТЕР", "болшек", "болшектердин", "  бөлшек!? "])
    def test_any_form_case_or_keyboard_finds(self, library, text):
        assert set(library.titles(text)) == {"Бөлшектерді қосу", "Жай бөлшектер"}

    @pytest.mark.parametrize("text", ["дробь", "дроби", "знаменателей", "ДРОБЯМИ"])
    def test_russian_forms_find(self, library, text):
        assert library.titles(text)[0] == "Сложение дробей"

    def test_english_forms_find(self, library):
        assert library.titles("fraction")[0] == "Adding fractions"

    def test_a_word_that_stands_only_inside_finds(self, library):
        assert library.titles("фотосинтезі") == ["Өсімдіктер әлемі"]

    def test_summary_names_and_keywords_find(self, shelf):
        shelf.put("Сабақ", summary="Пифагор теоремасы", names=["Lesson 12"], keywords=["геометрия"])
        for text in ("пифагордың", "lesson", "геометриядан"):
            assert shelf.titles(text) == ["Сабақ"]

    def test_the_title_ranks_before_the_text(self, shelf):
        shelf.put("Аударма", "Абай туралы әңгіме")
        shelf.put("Абай", "Ақын туралы әңгіме")
        for n in range(10):
            shelf.put(f"Бөгде {n}", "мүлде басқа мазмұн")
        assert shelf.titles("абай")[0] == "Абай"

    def test_words_that_stand_together_rank_before_one_of_them(self, library):
        assert library.titles("бөлшектерді қосу")[0] == "Бөлшектерді қосу"

    def test_quality_decides_among_equals(self, shelf):
        shelf.put("Қышқылдар", "тәжірибе", signals={"complete": 1})
        shelf.put("Қышқылдар", "тәжірибе", signals={})
        assert [hit.object_id for hit in shelf.ask("қышқыл")] == [1, 2]

    def test_an_entry_of_many_chunks_is_one_hit(self, shelf):
        shelf.put("Ұзақ", pages=[f"{'сөз ' * 299} айсберг{n}" for n in range(40)])
        results = shelf.ask("айсберг7 сөз")
        assert (results.total, len(results)) == (1, 1)
        assert results.hits[0].page == 8

    def test_changed_and_removed_entries_are_found_as_they_are(self, library):
        library.change(3, title="Жануарлар", parts=[Part(text="Омыртқалылар")])
        assert library.titles("фотосинтез") == []
        assert library.titles("омыртқалы") == ["Жануарлар"]
        remove_entry("book", 3)
        assert library.titles("омыртқалы") == []


class TestHits:
    def test_highlights_are_safe_segments(self, shelf):
        shelf.put("Бөлшек <b>", "<script>бөлшектердің</script> түрлері")
        hit = shelf.ask("болшек").hits[0]
        assert ("Бөлшек", True) in hit.title
        assert ("бөлшектердің", True) in hit.excerpt
        assert "".join(segment.text for segment in hit.excerpt) == "<script>бөлшектердің</script> түрлері"

    def test_the_hit_knows_its_page_and_file(self, shelf):
        shelf.put("Оқулық", pages=["кіріспе сөз", "жасушаның құрылысы", "қорытынды"])
        hit = shelf.ask("жасуша").hits[0]
        assert (hit.page, hit.label) == (2, "file.pdf")

    def test_the_excerpt_is_short_and_around_the_words(self, shelf):
        shelf.put("Ұзын", " ".join(["басқа"] * 150 + ["вулканның", "атқылауы"] + ["тағы"] * 140))
        excerpt = shelf.ask("вулкан атқылау").hits[0].excerpt
        assert [segment.text for segment in excerpt if segment.marked] == ["вулканның", "атқылауы"]
        assert sum(len(segment.text) for segment in excerpt) < 300

    def test_a_hit_by_title_alone_has_no_excerpt(self, shelf):
        shelf.put("Вулкан", "мүлде басқа мазмұн", summary="Қысқаша")
        hit = shelf.ask("вулкан").hits[0]
        assert (hit.excerpt, hit.page) == ((), None)
        assert hit.summary == (("Қысқаша", False),)

    def test_the_source_is_asked_once_and_may_drop_a_hit(self, library):
        library.hidden = {2}
        assert library.titles("бөлшек") == ["Бөлшектерді қосу"]
        assert library.asked == 1

    def test_a_source_that_is_gone_shows_nothing(self, library):
        from search import sources

        sources.unregister("book")
        assert library.titles("бөлшек") == []

    def test_data_is_kept_for_the_row(self, shelf):
        shelf.put("Кітап", data={"author": "А\x00", "at": DAY, "tags": ["\x00x"]})
        assert shelf.ask("кітап").hits[0].data == {"author": "А", "at": "2026-09-01T00:00:00Z", "tags": ["x"]}


class TestFacets:
    def test_a_chosen_code_keeps_its_siblings(self, library):
        results = library.ask("бөлшек өсімдік", facets={"subject": ["math"]}, wanted=("subject", "grade"))
        assert {(c.code, c.count, c.chosen) for c in results.facets["subject"]} == {("math", 2, True), ("biology", 1, False)}
        assert {(c.code, c.count) for c in results.facets["grade"]} == {("5", 1), ("6", 2)}
        assert results.total == 2

    def test_codes_of_a_facet_widen_and_facets_narrow(self, library):
        assert library.ask(facets={"subject": ["math", "biology"]}).total == 5
        assert library.ask(facets={"subject": ["math"], "grade": ["6"]}).total == 2
        assert library.ask(facets={"subject": ["biology"], "grade": ["5"]}).total == 0

    def test_two_chosen_facets_are_each_counted_by_the_other(self, library):
        facets = library.ask(facets={"subject": ["biology"], "grade": ["5"]}, wanted=("subject", "grade")).facets
        assert {(c.code, c.count) for c in facets["subject"]} == {("math", 3), ("biology", 0)}
        assert {(c.code, c.count) for c in facets["grade"]} == {("6", 1), ("5", 0)}

    def test_source_and_language_are_facets_of_everything(self, library, other_shelf):
        other_shelf.put("Бөлшектер туралы фильм")
        results = library.ask("бөлшек", wanted=("source", "language"))
        assert {(c.code, c.count) for c in results.facets["source"]} == {("book", 2), ("film", 1)}
        assert library.ask("бөлшек", sources=("film",)).total == 1
        assert library.ask(facets={"language": ["ru"]}).total == 1

    def test_a_code_is_not_found_by_a_part_of_it(self, shelf):
        shelf.put("Бір", facets={"grade": ["11"]})
        assert shelf.ask(facets={"grade": ["1"]}).total == 0

    def test_a_code_is_one_word(self, shelf):
        with pytest.raises(ValueError, match="one word"):
            shelf.put("Бір", facets={"tag": ["екі сөз"]})


class TestReaders:
    def test_any_audience_and_all_requirements(self, shelf):
        shelf.put("Ашық жоспар", facets={"kind": ["a"]})
        shelf.put("Мектеп жоспары", audience=["school:7", "user:3"], facets={"kind": ["b"]})
        shelf.put("БЖБ жоспары", requires=["verified"], facets={"kind": ["c"]})
        shelf.put("Топ жоспары", audience=["group:1"], requires=["verified", "adult"], facets={"kind": ["d"]})

        def seen(**reader):
            results = shelf.ask("жоспар", wanted=("kind",), **reader)
            assert results.total == len(results) == sum(c.count for c in results.facets["kind"])
            return "".join(sorted(code.code for code in results.facets["kind"]))

        assert seen() == "a"
        assert seen(audience=["public", "school:7"]) == "ab"
        assert seen(audience=["public", "user:3", "school:8"]) == "ab"
        assert seen(audience=["public"], satisfied=["verified"]) == "ac"
        assert seen(audience=["public", "group:1"], satisfied=["verified"]) == "ac"
        assert seen(audience=["public", "group:1"], satisfied=["verified", "adult"]) == "acd"
        assert seen(audience=[]) == ""

    def test_a_withdrawal_holds_until_the_entry_is_put_again(self, library):
        withdraw("book", 1)
        results = library.ask("бөлшек", wanted=("subject",))
        assert (results.total, results.facets["subject"][0].count) == (1, 1)
        assert [entry.object_id for entry in suggest("book", "бөлш", user=None)] == [2]
        assert 1 not in [hit.object_id for hit in newest(user=None)]
        library.change(1)
        assert library.ask("бөлшек").total == 2

    def test_a_container_comes_back_entry_by_entry(self, shelf):
        shelf.put("Бірінші тақырып", container="group:1")
        shelf.put("Екінші тақырып", container="group:1")
        shelf.put("Үшінші тақырып", container="group:2")
        withdraw_container("group:1")
        assert shelf.titles("тақырып") == ["Үшінші тақырып"]
        shelf.change(2, audience=["group:1"])
        assert shelf.titles("тақырып") == ["Үшінші тақырып"]
        assert set(shelf.titles("тақырып", audience=["public", "group:1"])) == {"Үшінші тақырып", "Екінші тақырып"}

    def test_a_narrowed_audience_takes_effect_at_once(self, library):
        library.change(1, audience=["user:1"])
        assert library.titles("бөлшек") == ["Жай бөлшектер"]

    def test_tokens_come_from_what_apps_register(self, library, monkeypatch):
        from search import audiences

        library.change(1, audience=["user:1"], requires=["verified"])
        audiences.register(lambda user: [f"user:{user}"])
        audiences.register_requirement(lambda user: ["verified"] if user == 1 else [])
        assert search(SearchQuery.for_user(1, text="бөлшек"), user=1).total == 2
        assert search(SearchQuery.for_user(2, text="бөлшек"), user=2).total == 1


class TestOrderAndPages:
    @pytest.fixture
    def year(self, shelf):
        for n in range(25):
            shelf.put(f"Жоспар {n}", published_at=DAY + timedelta(days=n // 2))
        return shelf

    def test_newest_pages_by_cursor_without_gaps_or_repeats(self, year):
        for text in ("жоспар", ""):
            seen, cursor = [], ""
            while True:
                results = year.ask(text, sort=NEWEST, size=10, cursor=cursor)
                seen += [hit.object_id for hit in results]
                assert results.total == 25
                cursor = results.next_cursor
                if not cursor:
                    break
            assert seen == list(range(25, 0, -1))

    def test_a_new_thing_does_not_shift_the_next_page(self, year):
        first = year.ask(sort=NEWEST, size=5)
        year.put("Жаңа", published_at=DAY + timedelta(days=99))
        assert [hit.object_id for hit in year.ask(sort=NEWEST, size=5, cursor=first.next_cursor)] == [20, 19, 18, 17, 16]

    def test_relevance_pages_by_number(self, year):
        pages = [year.ask("жоспар", size=10, page=number) for number in (1, 2, 3)]
        assert [len(page) for page in pages] == [10, 10, 5]
        assert [page.has_next for page in pages] == [True, True, False]
        assert len({hit.object_id for page in pages for hit in page}) == 25

    def test_newest_list(self, year, other_shelf):
        other_shelf.put("Фильм", published_at=DAY - timedelta(days=1), facets={"subject": ["art"]})
        assert [hit.object_id for hit in newest(user=None, size=3)] == [25, 24, 23]
        assert [hit.source for hit in newest(user=None, sources=["film"])] == ["film"]
        assert [hit.source for hit in newest(user=None, facets={"subject": ["art", "music"]})] == ["film"]

    def test_the_window_ends(self, year):
        assert year.ask("жоспар", size=100, page=10**9).query.page == WINDOW // 100


class TestNothingFound:
    def test_filters_that_exclude_everything_are_named(self, library):
        results = library.ask("бөлшек", facets={"subject": ["chemistry"]})
        assert results.total == 0
        assert [(near.kind, near.total, near.query.facets) for near in results.nearest] == [("facets", 2, {})]

    def test_there_may_be_nothing_near(self, library):
        for text in ("щщщщщ", ""):
            results = library.ask(text)
            assert (results.nearest, results.guess) == ([], None)


class TestHostileQueries:
    @pytest.mark.parametrize(
        "text",
        [
            "я" * 10_000,
            "сөз " * 10_000,
            '"бөлшек" AND OR NOT NEAR( * ^ : {title} -',
            "stems : a OR b*",
            "'; DROP TABLE search_entry; --",
            "бөлшек\x00\x01\ud800\udfff",
            "\\' & | ! <-> :*",
            "%s %(x)s %",
            "\u202e\u200b",
            "???",
            "👍🏽",
            "漢字かな交じり文",
        ],
    )
    def test_any_text_is_answered(self, library, text):
        assert library.ask(text, wanted=("subject",)).total >= 0
        assert isinstance(suggest("book", text, user=None), list)

    def test_operators_are_words(self, library):
        assert set(library.titles('"бөлшек" AND (')) == {"Бөлшектерді қосу", "Жай бөлшектер"}

    def test_punctuation_alone_finds_nothing(self, library):
        assert library.ask("?!").total == 0

    def test_a_thousand_facets_and_codes(self, library):
        facets = {f"f{n}": [str(m) for m in range(1000)] for n in range(1000)}
        assert library.ask("бөлшек", facets=facets, wanted=tuple(facets)).total == 0

    @pytest.mark.parametrize(
        "cursor", ["x", "|", "2026-01-01|5", "2026-99-99T00:00:00+00:00|1", "9" * 5000, "2026-01-01T00:00:00+00:00|" + "9" * 40]
    )
    def test_a_broken_cursor_shows_the_beginning(self, library, cursor):
        assert len(library.ask(sort=NEWEST, cursor=cursor)) == 5

    @pytest.mark.parametrize(("number", "size"), [(-5, 20), (0, 0), (10**12, 10**12), (2, -1)])
    def test_any_page_is_answered(self, library, number, size):
        assert library.ask("бөлшек", page=number, size=size).total == 2

    def test_hostile_text_can_be_stored_and_found(self, shelf):
        shelf.put("a\x00b\ud800 тақырып", "\x00мәтін\ud800 " + "x" * 50_000, summary="\x00")
        assert shelf.ask("мәтін").total == 1


class TestParts:
    def test_a_reply_is_a_passage_of_its_topic(self, shelf):
        shelf.put("Талқылау", "Бірінші пікір")
        put_part("book", 1, Part(text="Робототехника үйірмесі туралы", number=7, label="7"))
        assert shelf.ask("робототехниканың").hits[0].passage.part == 7
        put_part("book", 1, Part(text="Шахмат үйірмесі туралы", number=7))
        assert shelf.titles("робототехника") == []
        assert shelf.titles("шахматтан") == ["Талқылау"]
        remove_part("book", 1, 7)
        assert shelf.titles("шахмат") == []
        assert shelf.titles("пікірлер") == ["Талқылау"]


class TestSuggestions:
    @pytest.fixture
    def objectives(self, shelf):
        shelf.put("Жай бөлшектерді қосу", names=["7.1.2.3", "Сложение дробей"])
        shelf.put("Натурал сандар", names=["7.1.2.10"])
        shelf.put("Үшбұрыш ауданы", names=["7.1.10.1"])
        shelf.put("Қозғалыс", names=["8.1.2.3"])
        return shelf

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("7.1.2", [1, 2]),
            ("7.1.2.", [1, 2]),
            ("7.1.", [1, 2, 3]),
            ("7.1.1", [3]),
            ("7 1 2 3", [1]),
            ("ОМ 7.1.2.3", [1]),
            ("7.1.2.3 жай", [1]),
            ("бөлш", [1]),
            ("болш", [1]),
            ("БӨЛШЕКТЕРДІ ҚО", [1]),
            ("слож дроб", [1]),
            ("козгал", [4]),
            ("уш ауд", [3]),
            ("жоқ", []),
            ("", []),
            ("...", []),
        ],
    )
    def test_by_code_or_words(self, objectives, text, expected):
        assert [entry.object_id for entry in suggest("book", text, user=None)] == expected

    def test_only_what_the_reader_may_see(self, objectives):
        objectives.change(1, audience=["user:1"])
        objectives.hidden = {2}
        assert suggest("book", "7.1.2", user=None) == []

    def test_a_name_that_begins_so_comes_first(self, shelf):
        shelf.put("№ 7 Абай мектебі")
        shelf.put("Абай атындағы № 12 мектеп")
        assert [entry.object_id for entry in suggest("book", "абай", user=None)] == [2, 1]
