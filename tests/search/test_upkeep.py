"""Writing entries, and the commands that check, rebuild and measure."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from search.entries import Findable, Part, put_entry, put_part, settle_withdrawals, withdraw, withdraw_container
from search.models import Entry, Passage, Withdrawal
from search.passages import split


def run(name, *args, **options):
    out = StringIO()
    call_command(name, *args, stdout=out, **options)
    return out.getvalue()


class TestEntries:
    def test_the_same_again_changes_nothing(self, shelf, django_assert_max_num_queries):
        first = shelf.put("Кітап", "мәтін")
        with django_assert_max_num_queries(8):
            again = put_entry(shelf.things[1])
        assert again.version == first.version

    def test_a_change_raises_the_version_and_keeps_the_row(self, shelf):
        first = shelf.put("Кітап", "мәтін")
        second = shelf.change(1, title="Жаңа кітап")
        assert (second.pk, second.published_at) == (first.pk, first.published_at)
        assert second.version > first.version

    def test_versions_grow_over_removal(self, shelf):
        from search.entries import remove_entry

        first = shelf.put("Кітап")
        remove_entry("book", 1)
        assert put_entry(shelf.things[1]).version > first.version

    def test_long_texts_are_cut_and_keep_their_pages(self, shelf):
        shelf.put("Кітап", pages=["бір сөйлем. " * 400, "екінші бет"])
        passages = list(Passage.objects.all())
        assert [passage.page for passage in passages] == [1, 1, 1, 2]
        assert all(passage.words <= 300 for passage in passages)

    def test_pieces_end_with_sentences_and_lose_nothing(self):
        text = "Бұл бір сөйлем ғой. " * 200
        pieces = list(split(text))
        assert all(piece.endswith(".") for piece in pieces)
        assert " ".join(pieces).split() == text.split()

    def test_a_part_rewrites_only_its_own_chunk(self, shelf):
        shelf.put("Тақырып", pages=["сөз " * 290] * 25)
        assert set(Passage.objects.values_list("chunk", flat=True)) == {0, 1, 2}
        put_part("book", 1, Part(text="жаңа пікір", number=100))
        assert Passage.objects.get(part=100).chunk == 2
        put_part("book", 1, Part(text="түзетілген", number=0))
        assert Passage.objects.get(part=0).chunk == 0
        assert shelf.titles("түзету") == shelf.titles("пікір") == ["Тақырып"]

    def test_settled_withdrawals_are_forgotten(self, shelf):
        shelf.put("Бір", container="group:1")
        shelf.put("Екі")
        withdraw_container("group:1")
        withdraw("book", 2)
        shelf.change(2)
        settle_withdrawals()
        assert [str(row) for row in Withdrawal.objects.all()] == ["group:1"]
        shelf.change(1)
        settle_withdrawals()
        assert not Withdrawal.objects.exists()


class TestCheck:
    def test_agreement(self, shelf):
        shelf.put("Кітап", "мәтін", data={"a": 1}, facets={"grade": [5]})
        shelf.put("Ұзақ", pages=["сөз " * 500] * 10)
        put_part("book", 1, Part(text="мәтін", number=0))
        assert "agree" in run("check_index")

    def test_faults_are_told_and_mended(self, shelf):
        for n in range(1, 6):
            shelf.put(f"Кітап {n}", "мәтін")
        Entry.objects.filter(object_id=1).delete()
        Entry.objects.filter(object_id=2).update(digest="")
        del shelf.things[3]
        with connection.cursor() as cursor:
            entry = Entry.objects.get(object_id=4)
            cursor.execute("DELETE FROM search_text WHERE rowid = %s", [entry.pk << 10])
        put_entry(Findable(source="forgotten", object_id=1, title="Ескі"))
        with pytest.raises(CommandError):
            run("check_index")
        told = run("check_index", "--fix").split("\n")
        assert {"missing book:1", "stale book:2", "orphan book:3", "unindexed book:4", "orphan forgotten:1"} <= set(told)
        assert "agree" in run("check_index")
        assert len(shelf.titles("кітап")) == 4


class TestRebuild:
    def test_everything_is_written_anew_and_orphans_go(self, shelf):
        shelf.put("Кітап", "мәтін")
        shelf.put("Ескі")
        del shelf.things[2]
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_text")
        assert shelf.titles("кітап") == []
        run("rebuild_index", verbosity=0)
        assert shelf.titles("кітап") == ["Кітап"]
        assert Entry.objects.count() == 1

    def test_an_unknown_source_is_named(self, shelf):
        with pytest.raises(CommandError, match="magazine"):
            run("rebuild_index", "magazine")


class TestMeasure:
    @pytest.fixture
    def data(self, tmp_path):
        for name, words in {"first": ["алма", "алмұрт", "өрік"], "second": ["шие", "жүзім"]}.items():
            folder = tmp_path / name
            folder.mkdir()
            documents = [{"id": f"d{n}", "title": "Бақ", "text": f"{word} туралы мәтін"} for n, word in enumerate(words)]
            (folder / "corpus.jsonl").write_text("\n".join(json.dumps(d, ensure_ascii=False) for d in documents), "utf-8")
            (folder / "queries.dev.tsv").write_text("".join(f"q{n}\t{word}лар\tkind\n" for n, word in enumerate(words)), "utf-8")
            (folder / "qrels.dev.tsv").write_text("".join(f"q{n}\td{n}\t1\n" for n in range(len(words))), "utf-8")
        return tmp_path

    # Without the marker `db`, which refuses every database it did not know when the test began.
    def test_a_line_for_each_set_and_no_trace(self, data, django_db_setup, django_db_blocker):
        with django_db_blocker.unblock():
            before = Entry.objects.count()
            lines = run("measure_search", str(data), sets="first:dev,first+mix:dev", engine="embedded").splitlines()
            assert Entry.objects.count() == before
        assert lines == ["first:dev 1.0000", "first+mix:dev 1.0000"]
        assert list(connections) == ["default"]

    def test_a_missing_set_is_named(self, data, db):
        with pytest.raises(CommandError, match="third:dev"):
            run("measure_search", str(data), sets="third:dev")
