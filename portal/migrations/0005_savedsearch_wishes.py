from django.db import migrations, models

from search.alerts import wishes_of
from search.query import SearchQuery


def write_down(apps, schema_editor):
    """What is saved already knows its wishes like what is saved from now on."""
    for saved in apps.get_model("portal", "SavedSearch").objects.iterator():
        saved.wishes = wishes_of(SearchQuery(text=saved.text, facets=saved.facets, sources=(saved.source,) if saved.source else ()))
        saved.save(update_fields=["wishes"])


class Migration(migrations.Migration):
    dependencies = [("portal", "0004_ground_initial")]

    operations = [
        migrations.AddField("savedsearch", "wishes", models.TextField(default="", editable=False)),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
