from django.db import migrations

from search.engines.embedded import schema


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0005_synonyms"),
    ]

    operations = [
        migrations.RunPython(schema.create_beside, migrations.RunPython.noop),
        migrations.RunPython(schema.fill_names, migrations.RunPython.noop),
    ]
