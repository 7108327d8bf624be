"""The languages, the editors' home pages, and the vocabularies of the country."""

from pathlib import Path

from django.db import migrations

from portal.vocabulary_data import load

DATA = Path(__file__).resolve().parents[1] / "data"
TITLES = {"kk": "Мұғалімдер порталы", "ru": "Портал учителей", "en": "Teachers' portal"}


def load_vocabularies(apps, schema_editor):
    model = lambda name: apps.get_model("portal", name)  # noqa: E731
    for number in range(13):
        model("Grade").objects.get_or_create(number=number)
    load(model("Region"), DATA / "regions.csv")
    load(model("SchoolType"), DATA / "school_types.csv")
    load(model("Network"), DATA / "networks.csv")
    load(model("SubjectArea"), DATA / "subject_areas.csv")
    areas = {area.code: area for area in model("SubjectArea").objects.all()}
    load(model("Subject"), DATA / "subjects.csv", area=areas.get, first_grade=int, last_grade=int)


def make_languages(apps, schema_editor):
    """Kazakh is the tree that the others translate."""
    locale = apps.get_model("wagtailcore", "Locale")
    for code in TITLES:
        locale.objects.get_or_create(language_code=code)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_pages"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]
    operations = [
        migrations.RunPython(make_languages, migrations.RunPython.noop),
        migrations.RunPython(load_vocabularies, migrations.RunPython.noop),
    ]
