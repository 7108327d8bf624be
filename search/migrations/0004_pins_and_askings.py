import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_entry_signals")]

    operations = [
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "text",
                    models.CharField(help_text="In any order and any form.", max_length=200, verbose_name="words that are looked for"),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=settings.LANGUAGES,
                        help_text="Empty: in every language.",
                        max_length=8,
                        verbose_name="language of the page",
                    ),
                ),
                (
                    "addresses",
                    models.TextField(
                        help_text="Addresses of the portal, one in each line, at most three.", verbose_name="what is shown first"
                    ),
                ),
                ("things", models.JSONField(default=list, editable=False)),
                (
                    "until",
                    models.DateField(blank=True, help_text="Empty: until somebody removes it.", null=True, verbose_name="last day"),
                ),
            ],
            options={"verbose_name": "pinned result", "verbose_name_plural": "pinned results", "ordering": ["text", "pk"]},
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("visitor", models.CharField(max_length=32)),
                ("key", models.CharField(max_length=200)),
                ("language", models.CharField(max_length=8)),
                ("text", models.CharField(max_length=100)),
                ("tab", models.CharField(blank=True, max_length=32)),
                ("found", models.PositiveIntegerField()),
                ("place", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("refines", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="search_asked_at")],
                "constraints": [models.UniqueConstraint(fields=["visitor", "key", "language"], name="search_asked_once_a_day")],
            },
        ),
    ]
