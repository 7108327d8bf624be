import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from portal import seams
from portal.files import guess_facts, reading
from portal.files.facts import guess_title, title_from_name
from portal.files.kinds import recognise
from portal.files.reading import clean_text, read_file
from portal.models import File
from tests.portal import sample_files as sample

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"


def make_file(content: bytes, name: str = "01_план.bin") -> File:
    """A file as it stands before anyone has read it."""
    form = recognise(ContentFile(content))
    file = File(name=name, kind=form.kind, type=form.type, size=len(content), hash="0" * 64)
    file.blob.save(name, ContentFile(content))
    return file


def read(content: bytes, name: str = "01_план.bin") -> File:
    file = make_file(content, name)
    read_file.call(file.pk)
    file.refresh_from_db()
    return file


def texts(file: File) -> list[str]:
    return list(file.texts.values_list("text", flat=True))


def test_document():
    file = read(sample.make_docx())
    assert (file.state, file.reason, file.title, file.language) == ("read", "", sample.TOPIC, "kk")
    assert texts(file) == [f"{sample.TOPIC}\n\nКесте\n\nОқушылар бөлшектерді салыстырады."]


def test_pages_of_a_document_are_unknown_unless_its_program_counted_the_same():
    content = sample.make_docx("бірінші", "екінші", broken=True)
    file = read(content)
    assert file.pages is None and len(texts(file)) > 1
    counted = b"""<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
        <Pages>2</Pages><Words>40</Words></Properties>"""
    assert read(sample.with_members(content, {"docProps/app.xml": counted})).pages == 2


def test_slides_with_notes():
    file = read(sample.make_pptx())
    assert (file.pages, file.title) == (2, sample.TOPIC)
    assert "Мұғалімге ескертпе" in texts(file)[0] and "Notes:" not in texts(file)[0]
    assert not file.preview


def test_every_page_and_slide_keeps_its_own_words():
    numbers = [f"нөмір{number}" for number in range(1, 9)]
    for file in (read(sample.make_docx(*numbers, broken=True)), read(sample.make_pptx(*numbers)), read(sample.make_odp(*numbers))):
        assert [number for number, text in zip(numbers, texts(file), strict=True) if number in text] == numbers
        assert [text.count("нөмір") for text in texts(file)] in ([1] * 8, [2] * 8)


def test_empty_first_slide_is_counted():
    file = read(sample.make_odp("", "екінші"))
    assert (file.pages, list(file.texts.values_list("number", "text"))) == (2, [(2, "екінші")])


def test_sheets():
    file = read(sample.make_xlsx(), "Тоқсан қорытындысы.xlsx")
    assert (file.pages, file.title) == (2, "Тоқсан қорытындысы")
    assert texts(file) == ["Бағалар\nАты\tҰпай", "Қорытынды\nбарлығы\t25"]


def test_open_document_text():
    file = read(sample.make_odt())
    assert (file.title, file.pages) == (sample.TOPIC, None)
    assert "салыстырады" in texts(file)[0]


def test_open_document_slides():
    file = read(sample.make_odp())
    assert (file.title, file.pages, texts(file)) == (sample.TOPIC, 2, [sample.TOPIC, "Жаттығулар"])


def test_pdf_with_the_picture_of_its_first_page():
    file = read(sample.make_pdf(title="Жарық және көлеңке"))
    assert (file.title, file.pages, file.preview_width) == ("Жарық және көлеңке", 2, 640)
    assert texts(file)[1] == "екінші бет"


def test_picture_gets_a_small_one():
    file = read(sample.make_image(size=(1280, 640)), "IMG_2026.jpg")
    assert (file.state, file.preview_width, file.preview_height) == ("read", 640, 320)
    assert (file.title, file.language, file.pages) == ("", "", None)


def test_video_has_only_its_name():
    file = read(sample.MP4, "Тәжірибе.mp4")
    assert (file.state, file.title) == ("read", "Тәжірибе")


def test_pdf_with_a_password():
    file = read((DATA / "encrypted.pdf").read_bytes(), "Құпия жоспар.pdf")
    assert (file.state, file.reason, file.title) == ("unreadable", "encrypted", "Құпия жоспар")


def test_damaged_pdf():
    file = read(b"%PDF-1.7\n" + bytes(500))
    assert (file.state, file.reason, texts(file)) == ("unreadable", "damaged", [])


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("while True: pass", "too-complex"),
        ("import os; os.abort()", "too-complex"),
        ("import os; os.kill(os.getpid(), 11)", "damaged"),
        ("raise SystemExit(3)", "damaged"),
        ("pass", "damaged"),
    ],
)
def test_reader_that_hangs_or_crashes_takes_nobody_along(settings, monkeypatch, tmp_path, program, reason):
    (tmp_path / "child.py").write_text(program)
    monkeypatch.setattr(reading, "CHILD", tmp_path / "child.py")
    settings.FILE_READ_SECONDS = 1
    file = read(sample.make_pdf(), "Жарық.pdf")
    assert (file.state, file.reason, file.title) == ("unreadable", reason, "Жарық")


def test_reader_works_under_its_own_limits():
    """The limits are set by the child itself: here one that may use a second of processor time loops for ever."""
    limits = json.dumps({"megabytes": 500, "seconds": 1})
    loop = f"import json, sys; sys.path.insert(0, {str(reading.CHILD.parent)!r}); import child; child.restrict({limits})\nwhile True: pass"
    assert subprocess.run([sys.executable, "-c", loop], timeout=20).returncode in reading.OVER_LIMITS


@pytest.mark.parametrize("megabytes", [30, 60, 90])
def test_reader_that_runs_out_of_memory_takes_nobody_along(settings, megabytes):
    settings.FILE_READ_MEMORY_MB = megabytes
    assert read(sample.make_docx()).state == "unreadable"


def test_more_text_than_anyone_searches_is_cut(settings):
    settings.FILE_TEXT_MAX_CHARACTERS = 30
    assert len("".join(texts(read(sample.make_pdf("а" * 40, "б" * 40))))) <= 30


def test_hostile_text_is_cleaned():
    assert clean_text("\x00а\x07б\u202eв\ufeff\ud800г\r\n\r\n\r\n\r\nсло\ufffe\r\nво \n") == "абвг\n\nслово"


def test_broken_unicode_in_a_document_does_not_stop_the_reading():
    document = sample.make_docx("белгі")
    broken = sample.with_members(document, {"docProps/core.xml": b"\xff\xfe<not xml \xed\xa0\x80"})
    assert "белгі" in texts(read(broken))[0]


def test_whoever_waits_for_the_file_is_told(monkeypatch):
    told = []
    monkeypatch.setattr(seams, "file_ready", [told.append])
    file = make_file(sample.make_docx("Екі бөлшекті ортақ бөлімге келтіреміз."))
    read_file.call(file.pk)
    read_file.call(file.pk)
    assert told == [file, file] and file.texts.count() == 1
    facts = guess_facts(told[0])
    assert (facts["title"], facts["language"]) == (sample.TOPIC, "kk")
    assert "ортақ бөлімге" in facts["text"]


def test_file_that_is_gone_is_no_error():
    read_file.call(0)


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ({"property": "Квадрат теңдеулер"}, "Квадрат теңдеулер"),
        ({"property": "Презентация PowerPoint", "heading": "Ом заңы", "parts": ["Ом заңы\nмәтін"]}, "Ом заңы"),
        ({"property": "Microsoft Word - план.docx", "parts": ["Тема урока: Закон Ома\nКласс 8"]}, "Закон Ома"),
        ({"property": "Ïëàí óðîêà", "parts": ["Закон Ома"]}, "Закон Ома"),
        ({"parts": ["Бекітемін\nСабақтың тақырыбы\tОм заңы\nСынып 8"]}, "Ом заңы"),
        ({"parts": ["Қысқа мерзімді жоспар\nМектеп: №5"]}, "8 сынып Ом"),
        ({"parts": ["12.5.1"]}, "8 сынып Ом"),
        ({"heading": "Қорытынды", "parts": ["Ом заңы\n" + "мәтін " * 200 + "Қорытынды"]}, "Ом заңы"),
        ({"parts": []}, "8 сынып Ом"),
    ],
)
def test_title_is_a_guess_by_what_teachers_write(found, title):
    assert guess_title("8_сынып_Ом.docx", "document", **{"parts": [], **found}) == title


@pytest.mark.parametrize(
    "name", ["IMG_2031.jpg", "20261124_101500.mp4", "WhatsApp Image 2026-11-24 at 10.15.00.jpeg", "scan 1.pdf", "VID-20261124-WA0001.mp4"]
)
def test_names_that_devices_give_are_no_titles(name):
    assert title_from_name(name) == ""
