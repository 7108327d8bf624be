"""Materials in bulk: each takes one of the texts, its own title, and what hangs on it, as the actions would have written it."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from random import Random

from portal import text
from portal.models import File, FilePage, Grade, Objective, Subject, User
from resources.actions import tag_fields
from resources.models import Material, MaterialFile, MaterialTag, MaterialType, Tag, Thanks
from resources.search import material_entry

from .entries import load
from .texts import SEED, Text, texts

BATCH, READ_AT_ONCE = 1000, 200
LAST = datetime(2026, 11, 1, tzinfo=UTC)
STEP = timedelta(minutes=10)
SCATTERED = 7919
TAGS = 200
AUDIENCES = {Material.Audience.PUBLIC: 92, Material.Audience.MEMBERS: 6, Material.Audience.SCHOOL: 2}
THANKED, THANKS_AT_MOST = 0.2, 3
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

rendered = cache(text.render)


def seed_materials(number: int) -> None:
    seeder, numbers = Seeder(number), iter(range(number))
    while batch := list(islice(numbers, BATCH)):
        materials = Material.objects.bulk_create([seeder.material(n) for n in batch])
        seeder.hang_on(materials)
        # By key: their moments of publishing are scattered.
        rows = Material.objects.with_entry_data().filter(pk__in=[material.pk for material in materials]).order_by("pk")
        load(map(material_entry, rows.iterator(READ_AT_ONCE)))


class Seeder:
    def __init__(self, number: int):
        self.number, self.random = number, Random(SEED)
        self.people = list(User.objects.filter(email__startswith="person").order_by("pk").values_list("pk", "positions__school"))
        self.subjects, self.types = list(Subject.objects.all()), list(MaterialType.objects.all())
        self.grades = list(Grade.objects.values_list("pk", flat=True))
        self.objectives = list(Objective.objects.order_by("pk").values_list("pk", flat=True))
        self.tags = {language: self.made_tags(language) for language in sorted({text.language for text in texts()})}

    def made_tags(self, language: str) -> list[Tag]:
        words = sorted({text.title.split()[0].lower() for text in texts() if text.language == language})[:TAGS]
        keyed = {fields["key"]: fields for fields in (tag_fields(word, language) for word in words)}
        return Tag.objects.bulk_create(Tag(language=language, **fields) for fields in keyed.values())

    def text(self, n: int) -> Text:
        return texts()[n % len(texts())]

    def material(self, n: int) -> Material:
        told, (author, school) = self.text(n), self.random.choice(self.people)
        moment = LAST - STEP * (n * SCATTERED % self.number)
        return Material(
            author_id=author,
            title=f"{told.title} {n + 1}",
            description=told.description,
            description_html=rendered(told.description),
            language=told.language,
            type=self.random.choice(self.types),
            audience=self.random.choices(list(AUDIENCES), AUDIENCES.values())[0],
            school_id=school,
            state=Material.State.PUBLISHED,
            created_at=moment,
            changed_at=moment,
            published_at=moment,
            thanks_count=self.random.randint(1, THANKS_AT_MOST) if self.random.random() < THANKED else 0,
        )

    def hang_on(self, materials: list[Material]) -> None:
        """Subjects are chosen unevenly, so that some are taught by few."""
        random = self.random
        subjects = ((material, self.subjects[int(len(self.subjects) * random.random() ** 2)]) for material in materials)
        through = Material.subjects.through
        through.objects.bulk_create(through(material_id=material.pk, subject_id=subject.pk) for material, subject in subjects)
        through = Material.grades.through
        through.objects.bulk_create(
            through(material_id=material.pk, grade_id=grade) for material in materials for grade in random.sample(self.grades, 2)
        )
        through = Material.objectives.through
        through.objects.bulk_create(through(material_id=material.pk, objective_id=random.choice(self.objectives)) for material in materials)
        MaterialTag.objects.bulk_create(
            MaterialTag(content_object=material, tag=random.choice(self.tags[material.language])) for material in materials
        )
        Thanks.objects.bulk_create(
            Thanks(user_id=person, material=material)
            for material in materials
            if material.thanks_count
            for person, _school in random.sample(self.people, material.thanks_count)
        )
        self.hang_on_files(materials)

    def hang_on_files(self, materials: list[Material]) -> None:
        files = File.objects.bulk_create(
            File(
                name=f"{material.pk}.docx",
                kind=File.Kind.DOCUMENT,
                type=DOCX,
                size=20_000 + material.pk % 100_000,
                hash=f"{material.pk:064}",
                blob=f"files/bench/{material.pk}",
                state=File.State.READ,
                title=material.title,
                language=material.language,
                uploaded_by_id=material.author_id,
                created_at=material.created_at,
            )
            for material in materials
        )
        MaterialFile.objects.bulk_create(MaterialFile(material_id=told.pk, file=file) for told, file in zip(materials, files, strict=True))
        pages = {(told.title, told.description): told.page for told in texts()}
        FilePage.objects.bulk_create(
            FilePage(file=file, number=1, text=pages[material.title.rpartition(" ")[0], material.description])
            for material, file in zip(materials, files, strict=True)
        )
