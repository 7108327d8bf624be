import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import portal.models.imports
import portal.models.invitations
import portal.models.mail
import portal.models.my_data
import portal.models.people
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0003_vocabularies'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(unique=True, verbose_name='date')),
                ('name_kk', models.CharField(max_length=200, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=200, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
            ],
            options={
                'verbose_name': 'holiday',
                'verbose_name_plural': 'holidays',
                'ordering': ['date'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('account', 'Account'), ('at-once', 'At Once'), ('daily', 'Daily'), ('weekly', 'Weekly')], max_length=10)),
                ('period', models.DateField(null=True)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(blank=True, choices=[('kk', 'Kazakh'), ('ru', 'Russian'), ('en', 'English')], max_length=2)),
                ('subject', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('message_id', models.CharField(default=portal.models.mail.new_message_id, max_length=200, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('claimed', 'Claimed'), ('handed', 'Handed'), ('sent', 'Sent'), ('unsure', 'Unsure'), ('dropped', 'Dropped'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(db_index=True, null=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Bounce',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_key', models.EmailField(db_index=True, max_length=254)),
                ('status', models.CharField(max_length=20)),
                ('permanent', models.BooleanField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('set_aside_at', models.DateTimeField(null=True)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bounces', to='portal.letter')),
            ],
        ),
        migrations.CreateModel(
            name='MailHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekdays', models.JSONField()),
                ('opens', models.PositiveSmallIntegerField(choices=[(0, '0:00'), (1, '1:00'), (2, '2:00'), (3, '3:00'), (4, '4:00'), (5, '5:00'), (6, '6:00'), (7, '7:00'), (8, '8:00'), (9, '9:00'), (10, '10:00'), (11, '11:00'), (12, '12:00'), (13, '13:00'), (14, '14:00'), (15, '15:00'), (16, '16:00'), (17, '17:00'), (18, '18:00'), (19, '19:00'), (20, '20:00'), (21, '21:00'), (22, '22:00'), (23, '23:00')], verbose_name='from')),
                ('closes', models.PositiveSmallIntegerField(choices=[(1, '1:00'), (2, '2:00'), (3, '3:00'), (4, '4:00'), (5, '5:00'), (6, '6:00'), (7, '7:00'), (8, '8:00'), (9, '9:00'), (10, '10:00'), (11, '11:00'), (12, '12:00'), (13, '13:00'), (14, '14:00'), (15, '15:00'), (16, '16:00'), (17, '17:00'), (18, '18:00'), (19, '19:00'), (20, '20:00'), (21, '21:00'), (22, '22:00'), (23, '23:00'), (24, '24:00')], verbose_name='until')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mail_hours', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('source', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('number', models.PositiveIntegerField(default=1)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('happened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notices', to='portal.letter')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-happened_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('rhythm', models.CharField(choices=[('at-once', 'at once'), ('daily', 'once a day'), ('weekly', 'once a week'), ('never', 'never')], max_length=10)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_choices', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['due_at'], name='letter_open'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('period', None), _negated=True), fields=('user', 'purpose', 'period'), name='letter_digest_once'),
        ),
        migrations.AddConstraint(
            model_name='bounce',
            constraint=models.UniqueConstraint(fields=('letter', 'status'), name='bounce_told_once'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['user', '-happened_at', '-id'], name='notice_newest'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('letter', None), ('read_at', None)), fields=['happened_at'], name='notice_untold'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('read_at', None)), fields=('user', 'kind', 'source', 'object_id'), name='notice_unread_once'),
        ),
        migrations.AddConstraint(
            model_name='noticechoice',
            constraint=models.UniqueConstraint(fields=('user', 'kind'), name='notice_choice_once'),
        ),
        migrations.DeleteModel(
            name='Complaint',
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('title', models.CharField(max_length=250)),
                ('language', models.CharField(blank=True, choices=[('kk', 'Kazakh'), ('ru', 'Russian'), ('en', 'English')], max_length=2)),
                ('appeal_text', models.TextField(blank=True, max_length=2000)),
                ('state', models.CharField(choices=[('open', 'waiting'), ('upheld', 'upheld'), ('dismissed', 'dismissed')], default='open', max_length=10)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('decision', models.CharField(blank=True, choices=[('pupils', 'Names or faces of pupils'), ('rights', "Somebody else's work without permission"), ('mistake', 'A serious mistake in the subject'), ('offence', 'Offensive or unlawful'), ('spam', 'Advertising, or not lesson material'), ('rules', 'Another rule of the portal is broken'), ('no-breach', 'No rule is broken'), ('opinion', 'A difference of opinion that is better discussed with the author'), ('mended', 'The author has mended it already'), ('our-mistake', 'The first decision was a mistake'), ('mended-since', 'The author has mended it since'), ('stands', 'The first decision stands')], max_length=20)),
                ('note', models.TextField(blank=True, max_length=2000)),
                ('appeal_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='portal.case')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.region')),
            ],
            options={
                'ordering': ['opened_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('pupils', 'Names or faces of pupils'), ('rights', "Somebody else's work without permission"), ('mistake', 'A serious mistake in the subject'), ('offence', 'Offensive or unlawful'), ('spam', 'Advertising, or not lesson material'), ('stranger', 'Not the person she says she is'), ('other', 'Something else')], max_length=20, verbose_name='reason')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='what is wrong')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='complaints', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='portal.case')),
            ],
            options={
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['source', 'object_id'], name='case_thing'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['state', 'opened_at', 'id'], name='case_waiting'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['state', 'decided_at', 'id'], name='case_decided'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('appeal_of', None), ('state', 'open')), fields=('source', 'object_id'), name='case_open_once'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['by', '-created_at', '-id'], name='complaint_newest'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.UniqueConstraint(fields=('case', 'by'), name='complaint_once'),
        ),
        migrations.AlterModelOptions(
            name='case',
            options={'ordering': ['opened_at', 'pk'], 'verbose_name': 'case of complaints', 'verbose_name_plural': 'cases of complaints'},
        ),
        migrations.AlterModelOptions(
            name='position',
            options={'ordering': ['-main', '-since', '-pk'], 'verbose_name': 'position at a school', 'verbose_name_plural': 'positions at schools'},
        ),
        migrations.AlterModelOptions(
            name='schoolnetwork',
            options={'verbose_name': 'place in a network', 'verbose_name_plural': 'places in networks'},
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='list')),
                ('name', models.CharField(max_length=255, verbose_name='file')),
                ('file', models.FileField(upload_to=portal.models.imports.upload_path)),
                ('digest', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'being read'), ('ready', 'waits for your confirmation'), ('unreadable', 'cannot be read'), ('confirmed', 'being written'), ('written', 'taken in')], default='waiting', max_length=12, verbose_name='state')),
                ('fault', models.TextField(blank=True)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('numbers', models.JSONField(default=dict)),
                ('shown', models.JSONField(default=dict)),
                ('report', models.FileField(blank=True, upload_to=portal.models.imports.upload_path)),
                ('stale', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'import of a list',
                'verbose_name_plural': 'imports of lists',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Merged',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=80)),
                ('old_id', models.BigIntegerField()),
                ('old_code', models.CharField(blank=True, max_length=160)),
                ('new_id', models.BigIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'indexes': [models.Index(fields=['model', 'old_code'], name='portal_merg_model_c18632_idx'), models.Index(fields=['model', 'new_id'], name='portal_merg_model_863fd4_idx')],
                'constraints': [models.UniqueConstraint(fields=('model', 'old_id'), name='merged_once')],
            },
        ),
        migrations.CreateModel(
            name='EventPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('lead', models.CharField(blank=True, max_length=300, verbose_name='one sentence under the title')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('format', models.CharField(choices=[('on-site', 'on site'), ('online', 'online'), ('both', 'on site and online')], default='on-site', max_length=10, verbose_name='format')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('join_url', models.URLField(blank=True, help_text='Shown to people who are signed in, until the event is over.', max_length=500, verbose_name='address of the meeting')),
                ('organiser', models.CharField(blank=True, max_length=200, verbose_name='organiser')),
                ('body', wagtail.fields.StreamField([('text', 0), ('picture', 1), ('quote', 4), ('file', 5), ('video', 8), ('search_list', 12)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link', 'hr'], 'label': 'Text'}), 1: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture', 'template': 'portal/blocks/picture.html'}), 2: ('wagtail.blocks.TextBlock', (), {'label': 'Text'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Whose words', 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('text', 2), ('source', 3)]], {}), 5: ('portal.blocks.FileBlock', (), {}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Title'}), 7: ('wagtail.blocks.URLBlock', (), {'help_text': 'YouTube or Vimeo.', 'label': 'Address of the video'}), 8: ('wagtail.blocks.StructBlock', [[('title', 6), ('address', 7)]], {}), 9: ('wagtail.blocks.CharBlock', (), {'help_text': 'Without words the newest are listed.', 'label': 'Words', 'required': False}), 10: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('materials', 'Materials'), ('pages', 'Pages and news')], 'label': 'Where'}), 11: ('wagtail.blocks.IntegerBlock', (), {'default': 5, 'label': 'How many', 'max_value': 20, 'min_value': 1}), 12: ('wagtail.blocks.StructBlock', [[('title', 6), ('words', 9), ('source', 10), ('count', 11)]], {})}, verbose_name='body')),
            ],
            options={
                'verbose_name': 'event',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.AddField(
            model_name='homepage',
            name='body',
            field=wagtail.fields.StreamField([('newest', 1), ('subjects', 2), ('news', 3), ('events', 5), ('search_list', 10), ('quotes', 15)], blank=True, block_lookup={0: ('wagtail.blocks.IntegerBlock', (), {'default': 8, 'label': 'How many', 'max_value': 20, 'min_value': 1}), 1: ('wagtail.blocks.StructBlock', [[('count', 0)]], {}), 2: ('portal.home_blocks.SubjectsBlock', (), {}), 3: ('portal.home_blocks.NewsBlock', (), {}), 4: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'label': 'How many', 'max_value': 10, 'min_value': 1}), 5: ('wagtail.blocks.StructBlock', [[('count', 4)]], {}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Title'}), 7: ('wagtail.blocks.CharBlock', (), {'help_text': 'Without words the newest are listed.', 'label': 'Words', 'required': False}), 8: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('materials', 'Materials'), ('pages', 'Pages and news')], 'label': 'Where'}), 9: ('wagtail.blocks.IntegerBlock', (), {'default': 5, 'label': 'How many', 'max_value': 20, 'min_value': 1}), 10: ('wagtail.blocks.StructBlock', [[('title', 6), ('words', 7), ('source', 8), ('count', 9)]], {}), 11: ('wagtail.blocks.TextBlock', (), {'label': 'Words', 'max_length': 400}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Of a real person who agreed to be quoted here.', 'label': 'Name', 'max_length': 100}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Who it is', 'max_length': 150, 'required': False}), 14: ('wagtail.blocks.StructBlock', [[('text', 11), ('name', 12), ('role', 13)]], {}), 15: ('portal.home_blocks.VoicesBlock', (14,), {})}, verbose_name='body'),
        ),
        migrations.AddField(
            model_name='sectionpage',
            name='is_events',
            field=models.BooleanField(default=False, help_text='What is coming stands first, what is over below.', verbose_name='its pages are events'),
        ),
        migrations.AlterField(
            model_name='act',
            name='after',
            field=models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.AlterField(
            model_name='act',
            name='before',
            field=models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.CreateModel(
            name='Banner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text_kk', models.CharField(max_length=200, verbose_name='text in Kazakh')),
                ('text_ru', models.CharField(max_length=200, verbose_name='text in Russian')),
                ('text_en', models.CharField(max_length=200, verbose_name='text in English')),
                ('link', models.CharField(blank=True, help_text='An address, or a path without its language: /materials/.', max_length=300, verbose_name='where it leads')),
                ('kind', models.CharField(choices=[('info', 'announcement'), ('warn', 'warning')], default='info', max_length=10, verbose_name='kind')),
                ('audience', models.CharField(choices=[('everyone', 'everyone'), ('guests', 'people who are not signed in'), ('members', 'people who are signed in'), ('verified', 'verified teachers'), ('coordinators', 'coordinators of schools'), ('region', 'teachers of a region')], default='everyone', max_length=20, verbose_name='who can see it')),
                ('opens_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='shown from')),
                ('closes_at', models.DateTimeField(verbose_name='shown until')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'banner',
                'verbose_name_plural': 'banners',
                'ordering': ['-opens_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BrokenLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=500, verbose_name='link')),
                ('reason', models.CharField(choices=[('page', 'the page is not published'), ('document', 'the file is gone'), ('address', 'nothing stands at this address'), ('writing', 'this is not an address')], max_length=20, verbose_name='reason')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='broken_links', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': 'broken link',
                'verbose_name_plural': 'broken links',
                'ordering': ['page', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('text', models.CharField(blank=True, max_length=200)),
                ('source', models.CharField(blank=True, max_length=40)),
                ('facets', models.JSONField(default=dict)),
                ('digest', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedSearchAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='portal.savedsearch')),
            ],
        ),
        migrations.CreateModel(
            name='SavedSearchTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(db_index=True, max_length=200)),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='portal.savedsearch')),
            ],
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.UniqueConstraint(fields=('user', 'digest'), name='search_saved_once'),
        ),
        migrations.AddConstraint(
            model_name='savedsearchalert',
            constraint=models.UniqueConstraint(fields=('search', 'source', 'object_id'), name='search_alerted_once'),
        ),
        migrations.AddConstraint(
            model_name='savedsearchterm',
            constraint=models.UniqueConstraint(fields=('search', 'term'), name='search_term_once'),
        ),
        migrations.AlterField(
            model_name='case',
            name='decision',
            field=models.CharField(blank=True, choices=[('pupils', 'Names or faces of pupils'), ('rights', "Somebody else's work without permission"), ('mistake', 'A serious mistake in the subject'), ('offence', 'Offensive or unlawful'), ('spam', 'Advertising, or not lesson material'), ('stranger', 'Not the person she says she is'), ('rules', 'Another rule of the portal is broken'), ('no-breach', 'No rule is broken'), ('opinion', 'A difference of opinion that is better discussed with the author'), ('mended', 'The author has mended it already'), ('our-mistake', 'The first decision was a mistake'), ('mended-since', 'The author has mended it since'), ('stands', 'The first decision stands')], max_length=20),
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField(null=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='suspension', to='portal.case')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suspensions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('blocked', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocked_by', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('user', 'blocked'), name='blocked_once')],
            },
        ),
        migrations.CreateModel(
            name='DataExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ready_at', models.DateTimeField(null=True)),
                ('archive', models.FileField(blank=True, upload_to=portal.models.my_data.archive_path)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='data_export', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('keeps_works', models.BooleanField(default=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(default=portal.models.my_data.departure_day)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='departure', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='HelpArticle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True)),
            ],
        ),
        migrations.AddField(
            model_name='sectionpage',
            name='footer_place',
            field=models.CharField(blank=True, choices=[('', 'not in the footer'), ('terms', 'terms of use'), ('privacy', 'privacy policy'), ('help', 'help'), ('contact', 'contact')], max_length=10, verbose_name='place in the footer'),
        ),
        migrations.AddField(
            model_name='user',
            name='listed_to',
            field=models.CharField(choices=[('everyone', 'everyone, guests too'), ('members', 'those who are signed in'), ('nobody', 'nobody')], default='members', max_length=10, verbose_name='who finds you in the list of colleagues'),
        ),
        migrations.AddField(
            model_name='user',
            name='shown_parts',
            field=models.JSONField(blank=True, default=portal.models.people.every_part, verbose_name='what your profile shows'),
        ),
        migrations.AddField(
            model_name='user',
            name='shown_to',
            field=models.CharField(choices=[('everyone', 'everyone, guests too'), ('members', 'those who are signed in'), ('nobody', 'nobody')], default='everyone', max_length=10, verbose_name='who sees your profile'),
        ),
        migrations.AddField(
            model_name='school',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AlterField(
            model_name='school',
            name='state',
            field=models.CharField(choices=[('proposed', 'proposed'), ('listed', 'listed'), ('closed', 'closed'), ('refused', 'refused')], default='listed', max_length=10, verbose_name='state'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('post', models.CharField(choices=[('teacher', 'teacher'), ('deputy', 'deputy head'), ('head', 'head of school'), ('methodologist', 'methodologist'), ('psychologist', 'school psychologist'), ('other', 'other')], default='teacher', max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField(db_index=True, default=portal.models.invitations.in_two_weeks)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('places', models.PositiveSmallIntegerField()),
                ('taken', models.PositiveSmallIntegerField(default=0)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='portal.school')),
            ],
            options={
                'verbose_name': 'invitation to a school',
                'verbose_name_plural': 'invitations to schools',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='holiday',
            name='is_confirmed',
            field=models.BooleanField(default=True, help_text='The first day of Kurban Ait and the days off that are moved are announced anew for every year.', verbose_name='the date is confirmed'),
        ),
        migrations.AlterField(
            model_name='articlepage',
            name='body',
            field=wagtail.fields.StreamField([('text', 0), ('picture', 1), ('screenshot', 4), ('quote', 7), ('file', 8), ('video', 11), ('search_list', 15)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link', 'hr'], 'label': 'Text'}), 1: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture', 'template': 'portal/blocks/picture.html'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Name of the screenshot'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'What it shows'}), 4: ('wagtail.blocks.StructBlock', [[('name', 2), ('alt', 3)]], {}), 5: ('wagtail.blocks.TextBlock', (), {'label': 'Text'}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Whose words', 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('text', 5), ('source', 6)]], {}), 8: ('portal.blocks.FileBlock', (), {}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'Title'}), 10: ('wagtail.blocks.URLBlock', (), {'help_text': 'YouTube or Vimeo.', 'label': 'Address of the video'}), 11: ('wagtail.blocks.StructBlock', [[('title', 9), ('address', 10)]], {}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Without words the newest are listed.', 'label': 'Words to search for', 'required': False}), 13: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('materials', 'Materials'), ('pages', 'Pages and news')], 'label': 'Where'}), 14: ('wagtail.blocks.IntegerBlock', (), {'default': 5, 'label': 'How many', 'max_value': 20, 'min_value': 1}), 15: ('wagtail.blocks.StructBlock', [[('title', 9), ('words', 12), ('source', 13), ('count', 14)]], {})}, verbose_name='body'),
        ),
        migrations.AlterField(
            model_name='eventpage',
            name='body',
            field=wagtail.fields.StreamField([('text', 0), ('picture', 1), ('screenshot', 4), ('quote', 7), ('file', 8), ('video', 11), ('search_list', 15)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link', 'hr'], 'label': 'Text'}), 1: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture', 'template': 'portal/blocks/picture.html'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Name of the screenshot'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'What it shows'}), 4: ('wagtail.blocks.StructBlock', [[('name', 2), ('alt', 3)]], {}), 5: ('wagtail.blocks.TextBlock', (), {'label': 'Text'}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Whose words', 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('text', 5), ('source', 6)]], {}), 8: ('portal.blocks.FileBlock', (), {}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'Title'}), 10: ('wagtail.blocks.URLBlock', (), {'help_text': 'YouTube or Vimeo.', 'label': 'Address of the video'}), 11: ('wagtail.blocks.StructBlock', [[('title', 9), ('address', 10)]], {}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Without words the newest are listed.', 'label': 'Words to search for', 'required': False}), 13: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('materials', 'Materials'), ('pages', 'Pages and news')], 'label': 'Where'}), 14: ('wagtail.blocks.IntegerBlock', (), {'default': 5, 'label': 'How many', 'max_value': 20, 'min_value': 1}), 15: ('wagtail.blocks.StructBlock', [[('title', 9), ('words', 12), ('source', 13), ('count', 14)]], {})}, verbose_name='body'),
        ),
        migrations.AlterField(
            model_name='homepage',
            name='body',
            field=wagtail.fields.StreamField([('newest', 1), ('subjects', 2), ('news', 3), ('events', 5), ('search_list', 10), ('quotes', 15)], blank=True, block_lookup={0: ('wagtail.blocks.IntegerBlock', (), {'default': 8, 'label': 'How many', 'max_value': 20, 'min_value': 1}), 1: ('wagtail.blocks.StructBlock', [[('count', 0)]], {}), 2: ('portal.home_blocks.SubjectsBlock', (), {}), 3: ('portal.home_blocks.NewsBlock', (), {}), 4: ('wagtail.blocks.IntegerBlock', (), {'default': 3, 'label': 'How many', 'max_value': 10, 'min_value': 1}), 5: ('wagtail.blocks.StructBlock', [[('count', 4)]], {}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Title'}), 7: ('wagtail.blocks.CharBlock', (), {'help_text': 'Without words the newest are listed.', 'label': 'Words to search for', 'required': False}), 8: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('materials', 'Materials'), ('pages', 'Pages and news')], 'label': 'Where'}), 9: ('wagtail.blocks.IntegerBlock', (), {'default': 5, 'label': 'How many', 'max_value': 20, 'min_value': 1}), 10: ('wagtail.blocks.StructBlock', [[('title', 6), ('words', 7), ('source', 8), ('count', 9)]], {}), 11: ('wagtail.blocks.TextBlock', (), {'label': 'What is said', 'max_length': 400}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Of a real person who agreed to be quoted here.', 'label': 'Who says it', 'max_length': 100}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Who it is', 'max_length': 150, 'required': False}), 14: ('wagtail.blocks.StructBlock', [[('text', 11), ('name', 12), ('role', 13)]], {}), 15: ('portal.home_blocks.VoicesBlock', (14,), {})}, verbose_name='body'),
        ),
    ]
