"""Builders of people and schools for the demo and for tests, and the demo's own people. They call actions."""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.utils.timezone import localtime, make_aware
from wagtail.models import Page
from wagtail.rich_text import RichText

from . import actions
from .models import (
    Curriculum,
    EventPage,
    Grade,
    HomePage,
    Objective,
    Position,
    Region,
    Role,
    School,
    SchoolType,
    SectionPage,
    Subject,
    User,
)
from .preparation import MARKDOWN, SOURCE_LANGUAGE, linked, make_article, publish
from .sample_objectives import load_sample_objectives
from .slugs import make_slug

CONTENT = Path(__file__).parent / "demo_content"
PASSWORD = "Oqu-men-Oqytu-2026"  # noqa: S105
NOON = time(12)
NAMED = ("teacher", "village", "steward", "member", "coordinator", "participant", "mentor", "manager", "waiting", "administrator")
SAMPLE_SCHOOLS = 200
CODES_LEFT_AT_LEAST = 3
POSTS = {
    "teacher": Position.Post.TEACHER,
    "methodologist": Position.Post.METHODOLOGIST,
    "association-head": Position.Post.METHODOLOGIST,
    "deputy-head": Position.Post.DEPUTY,
    "editor": Position.Post.OTHER,
}


def make_school(code: str = "test-1", *, name: str = "№ 1 мектеп", region: str = "31", **fields) -> School:
    school = School.objects.filter(code=code).first() or School(code=code, name_kk=name, region=Region.objects.get(code=region))
    for field, value in fields.items():
        setattr(school, field, value)
    actions.put_school(school)
    return school


def make_person(
    email: str = "teacher@example.org",
    *,
    password: str | None = PASSWORD,
    given_name: str = "Айнұр",
    family_name: str = "Сейітқалиева",
    language: str = "kk",
    school: School | None = None,
    confirmed_by: User | None = None,
    post: str = Position.Post.TEACHER,
    subjects=(),
    grades=(),
    languages=(),
    **fields,
) -> User:
    """A person who has confirmed her address and agreed to the terms. Without a password she cannot sign in."""
    user = User.objects.create_user(email, password)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    actions.join(user, given_name=given_name, family_name=family_name, language=language)
    if subjects or grades or languages or fields:
        teaches = Subject.objects.filter(code__in=subjects)
        actions.change_profile(user, subjects=teaches, grades=Grade.objects.filter(pk__in=grades), languages=list(languages), **fields)
    if school:
        position = actions.take_position(user, school=school, post=post)
        if confirmed_by:
            actions.confirm_position(confirmed_by, position)
    return User.objects.get(pk=user.pk)


def make_role(user: User, name: str, scope: str = "") -> User:
    actions.give_role(None, user, name=name, scope=scope)
    return User.objects.get(pk=user.pk)


def make_administrator(email: str = "administrator@example.org", **fields) -> User:
    """With a second factor set up: without one she would be led to enrol first."""
    user = make_role(make_person(email, **fields), Role.Name.ADMINISTRATOR)
    set_up_second_factor(user)
    return user


def set_up_second_factor(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


def recovery_codes(user: User) -> list[str]:
    """Codes that still work; a new set when they run out."""
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    codes = kept.wrap().get_unused_codes() if kept else []
    if len(codes) >= CODES_LEFT_AT_LEAST:
        return codes
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    return RecoveryCodes.activate(user).get_unused_codes()


def make_objective(subject: Subject, code: str = "7.1.1.1", **fields) -> Objective:
    names = {"name_kk": "Сынақ бағдарламасы", "name_ru": "Пробная программа", "name_en": "Trial curriculum"}
    curriculum = Curriculum.objects.filter(code="trial").first() or Curriculum(code="trial", first_year=2026, **names)
    actions.put_vocabulary(curriculum)
    objective = Objective(curriculum=curriculum, subject=subject, grade_id=7, code=code, **{"text_kk": "Үлгі: күш", **fields})
    actions.put_objective(objective)
    return objective


def make_event(title: str, language: str = "kk", *, body: str = "", translation_of: EventPage | None = None, **fields) -> EventPage:
    """A published event in the events section of its language; tomorrow, for two hours, unless it is told otherwise."""
    section = SectionPage.objects.get(is_events=True, locale__language_code=language)
    starts_at = fields.pop("starts_at", None) or localtime() + timedelta(days=1)
    named = {"slug": translation_of.slug if translation_of else make_slug(title), "locale": section.locale}
    known = EventPage.objects.child_of(section).filter(slug=named["slug"]).first()
    times = {"starts_at": starts_at, "ends_at": fields.pop("ends_at", starts_at + timedelta(hours=2))}
    written = {"title": title, "body": [("text", RichText(MARKDOWN.render(body)))], **named, **times, **linked(translation_of)}
    return known or publish(EventPage(**written, **fields), section)


def make_sample_schools(count: int = SAMPLE_SCHOOLS) -> None:
    """Schools that do not exist and say so, spread over the country."""
    regions, types = list(Region.objects.all()), list(SchoolType.objects.all())
    for number in range(1, count + 1):
        make_school(
            f"sample-{number:03}",
            name=f"№ {number} үлгі мектеп",
            name_ru=f"Школа-образец № {number}",
            name_en=f"Sample school No. {number}",
            region=regions[number % len(regions)].code,
            type=types[number % len(types)],
            is_sample=True,
        )


def read(name: str) -> dict:
    return tomllib.loads((CONTENT / name).read_text("utf-8"))


def lines_of_people() -> list[dict]:
    return read("people.toml")["person"]


def demo() -> None:
    """Schools and people of the demo; what stands already is left alone."""
    actions.import_list("schools", (settings.BASE_DIR / "portal" / "data" / "nis_schools.csv").read_bytes())
    if not School.objects.filter(is_sample=True).exists():
        make_sample_schools()
    load_sample_objectives()
    lines = lines_of_people()
    known = set(User.objects.values_list("email_key", flat=True))
    administrator = None
    for line in sorted(lines, key=lambda line: NAMED[::-1].index(line["key"]) if line["key"] in NAMED else len(NAMED)):
        if line["email"] not in known:
            make_demo_person(line, administrator)
        administrator = administrator or User.objects.get(email_key=line["email"])

    make_demo_pages()


def make_demo_pages() -> None:
    """News, and the pages at the foot, in three languages."""
    home = HomePage.objects.get(locale__language_code=SOURCE_LANGUAGE)
    sections = {section.slug: section for section in SectionPage.objects.child_of(home)}
    for line in read("news.toml")["article"]:
        make_in_three_languages(line, sections["news"], published_at=make_aware(datetime.combine(line["date"], NOON)))
    for line in read("pages.toml")["page"]:
        make_in_three_languages(line, sections["about"], footer_place=line["key"])
    for line in read("events.toml")["event"]:
        make_event_in_three_languages(line)
    for home in HomePage.objects.select_related("locale"):
        put_voices(home)


def make_in_three_languages(line: dict, parent: Page, **more) -> None:
    source = None
    for language, _name in settings.LANGUAGES:
        text = line[language]
        made = make_article(text["title"], text["body"], language, parent, translation_of=source, lead=text["summary"], **more)
        source = source or made


def put_voices(home: HomePage) -> None:
    """What people of the demo say, at the end of a home page."""
    if any(block.block_type == "quotes" for block in home.body):
        return
    people, language = {line["key"]: line for line in lines_of_people()}, home.locale.language_code
    voices = [(people[line["key"]], line[language]) for line in read("voices.toml")["voice"]]
    home.body.append(("quotes", [{"name": f"{who['given_name']} {who['family_name']}", **said} for who, said in voices]))
    home.save_revision().publish()


def make_event_in_three_languages(line: dict) -> None:
    """Days from today, so that something is always coming in the demo."""
    source, day = None, localtime().replace(minute=0, second=0, microsecond=0) + timedelta(days=line["in_days"])
    times = {"starts_at": day.replace(hour=line["hour"]), "ends_at": day.replace(hour=line["hour"]) + timedelta(hours=line["hours"])}
    for language, _name in settings.LANGUAGES:
        text = line[language]
        fields = {name: text[name] for name in ("place", "organiser")} | {"format": line["format"], "join_url": line["join_url"]}
        made = make_event(text["title"], language, body=text["body"], lead=text["summary"], translation_of=source, **fields, **times)
        source = source or made


def make_demo_person(line: dict, administrator: User | None) -> None:
    make = make_person if administrator else make_administrator
    school = School.objects.filter(code=line["school"]).first()
    named = {
        name: line[name] for name in ("given_name", "family_name", "patronymic", "latin_name", "bio", "subjects", "grades", "languages")
    }
    placed = {"school": school, "post": POSTS[line["post"]], "confirmed_by": administrator if line["confirmed"] else None}
    user = make(line["email"], language=line["languages"][0], **named, **placed)
    if line["key"] == "coordinator":
        make_role(user, Role.Name.COORDINATOR, f"school:{school.pk}")


def sign_ins() -> list[str]:
    """What `make run` prints at its end."""
    administrator = User.objects.get(email_key=f"{NAMED[-1]}@example.org")
    lines = [f"{settings.SITE_URL}/", ""]
    lines += [f"  {name}@example.org   {PASSWORD}" for name in NAMED]
    return [*lines, "", "  second factor of the administrator, each code once:", f"  {'  '.join(recovery_codes(administrator))}"]
