from django.db import migrations, models

from search.engines.embedded import schema


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_cluster"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="signals",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.RunPython(schema.create_beside, migrations.RunPython.noop),
    ]
