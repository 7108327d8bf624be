import django.db.models.deletion
from django.db import migrations, models

from search.engines.embedded import schema


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Audience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tokens', models.JSONField()),
                ('requires', models.JSONField()),
                ('digest', models.CharField(max_length=64, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=32)),
                ('object_id', models.PositiveBigIntegerField()),
                ('language', models.CharField(blank=True, max_length=8)),
                ('container', models.CharField(blank=True, max_length=64)),
                ('version', models.BigIntegerField()),
                ('published_at', models.DateTimeField()),
                ('quality', models.FloatField(default=0)),
                ('codes', models.TextField(blank=True)),
                ('title', models.TextField()),
                ('names', models.TextField(blank=True)),
                ('keywords', models.TextField(blank=True)),
                ('folded', models.TextField(blank=True)),
                ('summary', models.TextField(blank=True)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('audience', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='search.audience')),
            ],
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.PositiveIntegerField(default=0)),
                ('number', models.PositiveIntegerField()),
                ('chunk', models.PositiveSmallIntegerField(default=0)),
                ('page', models.PositiveIntegerField(blank=True, null=True)),
                ('label', models.CharField(blank=True, max_length=255)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('words', models.PositiveIntegerField(default=0)),
                ('text', models.TextField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='search.entry')),
            ],
            options={
                'ordering': ['part', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(blank=True, max_length=32)),
                ('object_id', models.PositiveBigIntegerField(blank=True, null=True)),
                ('container', models.CharField(blank=True, max_length=64)),
                ('until', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['source', 'object_id'], name='search_withdrawal_object'), models.Index(fields=['container'], name='search_withdrawal_container')],
            },
        ),
        migrations.CreateModel(
            name='AudienceToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(db_index=True, max_length=64)),
                ('audience', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='token_rows', to='search.audience')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('audience', 'token'), name='search_audience_token')],
            },
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['source', '-published_at', '-id'], name='search_entry_newest'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('container', ''), _negated=True), fields=['container'], name='search_entry_container'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('source', 'object_id'), name='search_entry_object'),
        ),
        migrations.AddIndex(
            model_name='passage',
            index=models.Index(fields=['entry', 'chunk'], name='search_passage_chunk'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(fields=('entry', 'part', 'number'), name='search_passage_number'),
        ),
        migrations.RunPython(schema.create, schema.drop),
    ]
