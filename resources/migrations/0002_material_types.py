from pathlib import Path

from django.db import migrations

from portal.vocabulary_data import load

TYPES = Path(__file__).resolve().parents[1] / "data" / "material_types.csv"


def load_types(apps, schema_editor):
    load(apps.get_model("resources", "MaterialType"), TYPES, requires_verified=bool)


class Migration(migrations.Migration):
    dependencies = [("resources", "0001_initial")]
    operations = [migrations.RunPython(load_types, migrations.RunPython.noop)]
