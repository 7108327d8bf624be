import django.db.models.deletion
import django.utils.timezone
import portal.models.files
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Curriculum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_kk', models.CharField(max_length=200, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=200, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('first_year', models.PositiveSmallIntegerField(help_text='2026 means 2026/27.', verbose_name='first school year')),
                ('last_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='last school year')),
            ],
            options={
                'verbose_name': 'curriculum',
                'verbose_name_plural': 'curricula',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Grade',
            fields=[
                ('number', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'grade',
                'verbose_name_plural': 'grades',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Network',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_kk', models.CharField(max_length=200, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=200, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'network of schools',
                'verbose_name_plural': 'networks of schools',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_kk', models.CharField(max_length=200, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=200, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'region',
                'verbose_name_plural': 'regions',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SchoolType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_kk', models.CharField(max_length=200, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=200, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'type of school',
                'verbose_name_plural': 'types of school',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_kk', models.CharField(max_length=200, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=200, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('first_grade', models.PositiveSmallIntegerField(default=1, verbose_name='first grade')),
                ('last_grade', models.PositiveSmallIntegerField(default=11, verbose_name='last grade')),
            ],
            options={
                'verbose_name': 'subject',
                'verbose_name_plural': 'subjects',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SubjectArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_kk', models.CharField(max_length=200, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=200, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'area of subjects',
                'verbose_name_plural': 'areas of subjects',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('email_key', models.EmailField(editable=False, max_length=254, unique=True)),
                ('family_name', models.CharField(max_length=80, verbose_name='family name')),
                ('given_name', models.CharField(max_length=80, verbose_name='given name')),
                ('patronymic', models.CharField(blank=True, max_length=80, verbose_name='patronymic')),
                ('latin_name', models.CharField(blank=True, max_length=200, verbose_name='name in Latin letters')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=200)),
                ('bio', models.TextField(blank=True, max_length=1000, verbose_name='about me')),
                ('bio_html', models.TextField(blank=True, editable=False)),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages of teaching')),
                ('interface_language', models.CharField(choices=[('kk', 'Kazakh'), ('ru', 'Russian'), ('en', 'English')], default='kk', max_length=2)),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_staff', models.BooleanField(default=False, editable=False)),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('grades', models.ManyToManyField(blank=True, related_name='teachers', to='portal.grade', verbose_name='grades')),
                ('subjects', models.ManyToManyField(blank=True, related_name='teachers', to='portal.subject', verbose_name='subjects')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('kind', models.CharField(choices=[('document', 'document'), ('slides', 'presentation'), ('sheet', 'spreadsheet'), ('pdf', 'PDF'), ('image', 'picture'), ('video', 'video')], max_length=10)),
                ('type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('hash', models.CharField(db_index=True, max_length=64)),
                ('blob', models.FileField(upload_to=portal.models.files.blob_path)),
                ('preview', models.ImageField(blank=True, height_field='preview_height', upload_to=portal.models.files.preview_path, width_field='preview_width')),
                ('preview_width', models.PositiveIntegerField(editable=False, null=True)),
                ('preview_height', models.PositiveIntegerField(editable=False, null=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting to be read'), ('read', 'read'), ('unreadable', 'its text could not be read')], default='waiting', max_length=10)),
                ('reason', models.CharField(blank=True, choices=[('', ''), ('encrypted', 'The file is protected with a password, so its words cannot be searched.'), ('damaged', 'The file seems to be damaged, so its words cannot be searched.'), ('too-complex', 'The file takes too long to read, so its words cannot be searched.')], max_length=20)),
                ('pages', models.PositiveIntegerField(null=True)),
                ('title', models.CharField(blank=True, max_length=250)),
                ('language', models.CharField(blank=True, max_length=2)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='District',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name_kk', models.CharField(max_length=200, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(max_length=200, verbose_name='name in Russian')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='districts', to='portal.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'district',
                'verbose_name_plural': 'districts',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='School',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                ('name_kk', models.CharField(max_length=250, verbose_name='name in Kazakh')),
                ('name_ru', models.CharField(blank=True, max_length=250, verbose_name='name in Russian')),
                ('name_en', models.CharField(blank=True, max_length=250, verbose_name='name in English')),
                ('locality', models.CharField(blank=True, max_length=120, verbose_name='town or village')),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('listed', 'listed'), ('closed', 'closed')], default='listed', max_length=10, verbose_name='state')),
                ('is_sample', models.BooleanField(default=False, verbose_name='sample, not a real school')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=200)),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='portal.district', verbose_name='district')),
                ('proposed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposed_schools', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='portal.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'school',
                'verbose_name_plural': 'schools',
                'ordering': ['sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SchoolNetwork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='portal.network')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='portal.school')),
            ],
        ),
        migrations.AddField(
            model_name='school',
            name='networks',
            field=models.ManyToManyField(related_name='schools', through='portal.SchoolNetwork', to='portal.network'),
        ),
        migrations.AddField(
            model_name='school',
            name='type',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='portal.schooltype', verbose_name='type'),
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instruction', models.CharField(blank=True, choices=[('', 'any'), ('kk', 'Kazakh'), ('ru', 'Russian'), ('en', 'English')], max_length=2, verbose_name='language of instruction')),
                ('code', models.CharField(max_length=30, verbose_name='code')),
                ('text_kk', models.TextField(verbose_name='text in Kazakh')),
                ('text_ru', models.TextField(blank=True, verbose_name='text in Russian')),
                ('is_sample', models.BooleanField(default=False, verbose_name='sample, not an official text')),
                ('curriculum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='portal.curriculum', verbose_name='curriculum')),
                ('grade', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='portal.grade', verbose_name='grade')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='portal.subject', verbose_name='subject')),
            ],
            options={
                'verbose_name': 'learning objective',
                'verbose_name_plural': 'learning objectives',
                'ordering': ['curriculum', 'subject', 'code'],
            },
        ),
        migrations.AddField(
            model_name='subject',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='portal.subjectarea', verbose_name='area'),
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('target', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=255)),
                ('size', models.PositiveBigIntegerField()),
                ('next', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=40)),
                ('source', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='acts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['source', 'object_id'], name='portal_act_source_f07c65_idx')],
            },
        ),
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('reason', models.CharField(choices=[('pupils', 'Names or faces of pupils'), ('rights', "Somebody else's work without permission"), ('mistake', 'A serious mistake in the subject'), ('offence', 'Offensive or unlawful'), ('spam', 'Advertising, or not lesson material'), ('other', 'Something else')], max_length=20, verbose_name='reason')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='what is wrong')),
                ('state', models.CharField(choices=[('open', 'open'), ('upheld', 'upheld'), ('dismissed', 'dismissed')], default='open', max_length=10)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(null=True)),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='complaints', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['source', 'object_id'], name='portal_comp_source_4b74dd_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('by', 'source', 'object_id'), name='complaint_open_once')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20)),
                ('language', models.CharField(choices=[('kk', 'Kazakh'), ('ru', 'Russian'), ('en', 'English')], max_length=2)),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'version'), name='consent_once')],
            },
        ),
        migrations.CreateModel(
            name='FilePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='portal.file')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('file', 'number'), name='file_page_once')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(choices=[('administrator', 'administrator'), ('reviewer', 'reviewer of materials'), ('coordinator', 'coordinator of a school')], max_length=20, verbose_name='role')),
                ('scope', models.CharField(blank=True, max_length=40, verbose_name='scope')),
                ('since', models.DateField(default=django.utils.timezone.localdate)),
                ('until', models.DateField(blank=True, null=True)),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'role',
                'verbose_name_plural': 'roles',
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('user', 'name', 'scope'), name='role_held_once')],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('teacher', 'teacher'), ('deputy', 'deputy head'), ('head', 'head of school'), ('methodologist', 'methodologist'), ('psychologist', 'school psychologist'), ('other', 'other')], default='teacher', max_length=20, verbose_name='post')),
                ('since', models.DateField(default=django.utils.timezone.localdate)),
                ('until', models.DateField(blank=True, null=True)),
                ('main', models.BooleanField(default=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='positions', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='portal.school', verbose_name='school')),
            ],
            options={
                'ordering': ['-main', '-since', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('user', 'school', 'role'), name='position_held_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='schoolnetwork',
            constraint=models.UniqueConstraint(fields=('school', 'network', 'since'), name='school_network_once'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.UniqueConstraint(fields=('curriculum', 'subject', 'instruction', 'code'), name='objective_code_once'),
        ),
    ]
