"""The programme of the demo: a test, training on three levels, an internship, an assessment, an interview."""

from django.conf import settings
from wagtail.rich_text import RichText

from portal.preparation import MARKDOWN

from .. import actions
from ..models import Programme, ProgrammeVersion
from . import make_programme_page
from .told import read

NAMES = ("name_kk", "name_ru", "name_en")


def put_programme() -> ProgrammeVersion | None:
    """None where it stands already."""
    told = read("programme")
    if Programme.objects.filter(code=told["code"]).exists():
        return None
    named = {name: told[name] for name in NAMES}
    programme = actions.found_programme(None, code=told["code"], level=told["level"], **named)
    version = actions.start_version(None, programme, hours=told["hours"])
    actions.put_requirements(None, version, told["tree"])
    for rubric in told["rubric"]:
        actions.put_rubric(None, version, **rubric)
    actions.freeze_version(None, version)
    put_pages(programme)
    return version


def put_pages(programme: Programme) -> None:
    source = None
    for language, _name in settings.LANGUAGES:
        made = make_programme_page(programme, language, translation_of=source, **page_fields(read("programme")["page"][language]))
        source = source or made


def page_fields(told: dict) -> dict:
    rich = {name: MARKDOWN.render(told[name]) for name in ("for_whom", "outcomes", "asks")}
    rows = {
        "stages": [("stage", dict(zip(("title", "lasts", "text"), line, strict=True))) for line in told["stages"]],
        "people": [("person", dict(zip(("name", "does"), line, strict=True))) for line in told["people"]],
        "questions": [
            ("question", {"question": question, "answer": RichText(MARKDOWN.render(answer))}) for question, answer in told["questions"]
        ],
    }
    return {"lead": told["lead"], **rich, **rows}
