"""Schools, learning objectives and people in bulk; the same number gives the same rows."""

from datetime import date
from random import Random

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone

from portal.alphabet import sort_key
from portal.demo import lines_of_people
from portal.models import Consent, Curriculum, Grade, Objective, Position, Region, School, SchoolType, Subject, User
from portal.search import objective_entry, person_entries, school_entry

from .entries import let_rows_be_counted, load
from .texts import SEED, texts

BATCH = 1000
CONFIRMED = 0.8
SINCE = date(2025, 9, 1)
NO_PASSWORD = "!"  # noqa: S105
EMAIL = "person{}@example.org"
TEACHER = EMAIL.format(1)
OBJECTIVES_OF_A_CURRICULUM = 10_000


def seed_schools(number: int) -> None:
    regions, types = list(Region.objects.all()), list(SchoolType.objects.all())
    localities = sorted({text.title.split()[0] for text in texts()})
    schools = [
        School(
            code=f"bench-{n}",
            name_kk=f"№ {n} {localities[n * 7 % len(localities)]} мектебі",
            name_ru=f"Школа № {n} «{localities[n * 7 % len(localities)]}»",
            region=regions[n % len(regions)],
            locality=localities[n * 3 % len(localities)],
            type=types[n % len(types)],
            is_sample=True,
        )
        for n in range(1, number + 1)
    ]
    for school in schools:
        school.sort_key = sort_key(school.name_kk)
    load(map(school_entry, School.objects.bulk_create(schools, batch_size=BATCH)))


def seed_objectives(number: int) -> None:
    random, subjects = Random(SEED), list(Subject.objects.all())
    numbers = range(-(-number // OBJECTIVES_OF_A_CURRICULUM))
    curricula = [
        Curriculum.objects.create(code=f"bench-{n}", name_kk=f"Үлгі {n}", name_ru=f"Образец {n}", first_year=2020 + n) for n in numbers
    ]
    objectives = []
    for n in range(number):
        subject, place = subjects[n % len(subjects)], n % OBJECTIVES_OF_A_CURRICULUM // len(subjects)
        grade = subject.first_grade + place % (subject.last_grade - subject.first_grade + 1)
        kk, ru = random.choices(texts(), k=2)
        objectives.append(
            Objective(
                curriculum=curricula[n // OBJECTIVES_OF_A_CURRICULUM],
                subject=subject,
                grade_id=grade,
                code=f"{grade}.{place // 100 + 1}.{place // 10 % 10 + 1}.{place + 1}",
                text_kk=f"{kk.title}: {kk.description.partition('.')[0]}",
                text_ru=f"{ru.title}: {ru.description.partition('.')[0]}",
                is_sample=True,
            )
        )
    load(map(objective_entry, Objective.objects.bulk_create(objectives, batch_size=BATCH)))


def seed_people(number: int) -> None:
    """Each at a school, most of them confirmed; the first one is the teacher whose pages are measured."""
    random, lines = Random(SEED), lines_of_people()
    families, given = sorted({line["family_name"] for line in lines}), sorted({line["given_name"] for line in lines})
    people = [made_person(n, random.choice(families), random.choice(given)) for n in range(1, number + 1)]
    people = User.objects.bulk_create(people, batch_size=BATCH)
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people), batch_size=BATCH
    )
    Consent.objects.bulk_create(
        (Consent(user=person, version=settings.TERMS_VERSION, language=person.interface_language) for person in people), batch_size=BATCH
    )
    schools, now = list(School.objects.values_list("pk", flat=True)), timezone.now()
    Position.objects.bulk_create(
        (
            Position(user=person, school_id=random.choice(schools), since=SINCE, confirmed_at=now if random.random() < CONFIRMED else None)
            for person in people
        ),
        batch_size=BATCH,
    )
    teach(people, "subjects", list(Subject.objects.all()), random)
    teach(people, "grades", list(Grade.objects.all()), random)
    let_rows_be_counted()
    load(person_entries())


def made_person(number: int, family_name: str, given_name: str) -> User:
    email = EMAIL.format(number)
    return User(
        email=email,
        email_key=email,
        password=NO_PASSWORD,
        family_name=family_name,
        given_name=given_name,
        sort_key=sort_key(f"{family_name} {given_name}"),
        languages=["kk"],
    )


def teach(people: list[User], what: str, choices: list, random: Random) -> None:
    through = getattr(User, what).through
    column = getattr(User, what).field.m2m_reverse_field_name() + "_id"
    through.objects.bulk_create(
        (through(user_id=person.pk, **{column: choice.pk}) for person in people for choice in random.sample(choices, 2)), batch_size=BATCH
    )
