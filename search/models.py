"""What search keeps: one `Entry` for each findable thing, its text in `Passage` rows, and who may find it."""

import json

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Entries whose withdrawal has not yet been answered by a newer version. Withdrawals are few, so they lead the join: SQLite keeps the order
# of a CROSS JOIN, and PostgreSQL does not begin while there are none.
WITHHELD = """
    SELECT held.id FROM search_withdrawal CROSS JOIN search_entry held
        WHERE held.source = search_withdrawal.source AND held.object_id = search_withdrawal.object_id
        AND held.version < search_withdrawal.until AND EXISTS (SELECT 1 FROM search_withdrawal)
    UNION ALL SELECT held.id FROM search_withdrawal CROSS JOIN search_entry held
        WHERE held.container = search_withdrawal.container AND NOT (held.container = '')
        AND held.version < search_withdrawal.until AND EXISTS (SELECT 1 FROM search_withdrawal)
"""


class Audience(models.Model):
    """A set of readers shared by many entries, so that an engine filters by one number.

    A reader belongs to it who holds any of `tokens` and satisfies all of `requires`.
    """

    tokens = models.JSONField()
    requires = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return " ".join([*self.tokens, *(f"+{name}" for name in self.requires)])


class AudienceToken(models.Model):
    audience = models.ForeignKey(Audience, models.CASCADE, related_name="token_rows")
    token = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audience", "token"], name="search_audience_token")]

    def __str__(self) -> str:
        return self.token


class EntryQuerySet(models.QuerySet):
    def open_to(self, tokens, satisfied=()) -> "EntryQuerySet":
        """Entries which a reader with these tokens and satisfied requirements may find."""
        audiences = audiences_open_to(tokens, satisfied, using=self.db)
        # Added to nothing, so that no database begins with the index of audiences: most entries share one.
        return self.alias(readers=F("audience_id") + 0).filter(readers__in=audiences).exclude(pk__in=RawSQL(WITHHELD, []))  # noqa: S611

    def unfed(self) -> "EntryQuerySet":
        """What has changed since the cluster heard of it."""
        return self.filter(version__gt=F("fed"))

    def of(self, *sources: str) -> "EntryQuerySet":
        return self.filter(source__in=sources) if sources else self


class Entry(models.Model):
    """One row for each thing that can be found. `version` grows with every change and decides which state an engine holds."""

    source = models.CharField(max_length=32)
    object_id = models.PositiveBigIntegerField()
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="entries")
    language = models.CharField(max_length=8, blank=True)
    container = models.CharField(max_length=64, blank=True)
    version = models.BigIntegerField()
    # The version that the cluster holds, where there is one
    fed = models.BigIntegerField(default=0)
    published_at = models.DateTimeField()
    # What its app says of its worth, and the same as one number
    signals = models.JSONField(default=dict, blank=True)
    quality = models.FloatField(default=0)
    codes = models.TextField(blank=True)
    title = models.TextField()
    names = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    folded = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "object_id"], name="search_entry_object")]
        indexes = [
            models.Index(fields=["source", "-published_at", "-id"], name="search_entry_newest"),
            models.Index(fields=["container"], name="search_entry_container", condition=~Q(container="")),
            models.Index(fields=["version"], name="search_entry_unfed", condition=Q(version__gt=F("fed"))),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_id}"

    @property
    def cursor(self) -> str:
        """The place of this entry in a list by date."""
        return f"{self.published_at.isoformat()}|{self.pk}"

    @property
    def facets(self) -> dict[str, list[str]]:
        facets: dict[str, list[str]] = {}
        for name, _colon, code in (word.partition(":") for word in self.codes.split()):
            facets.setdefault(name, []).append(code)
        return facets


class Passage(models.Model):
    """A piece of an entry's text. `part` is the caller's own number (a file, a post); `chunk` the piece of the index that holds it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="passages")
    part = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField()
    chunk = models.PositiveSmallIntegerField(default=0)
    page = models.PositiveIntegerField(null=True, blank=True)
    label = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=8, blank=True)
    words = models.PositiveIntegerField(default=0)
    text = models.TextField()

    class Meta:
        ordering = ["part", "number"]
        constraints = [models.UniqueConstraint(fields=["entry", "part", "number"], name="search_passage_number")]
        indexes = [models.Index(fields=["entry", "chunk"], name="search_passage_chunk")]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.part}/{self.number}"


class Withdrawal(models.Model):
    """An entry, or all entries of a container, that nobody may find until an engine holds version `until` of it."""

    source = models.CharField(max_length=32, blank=True)
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    container = models.CharField(max_length=64, blank=True)
    until = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["source", "object_id"], name="search_withdrawal_object"),
            models.Index(fields=["container"], name="search_withdrawal_container"),
        ]

    def __str__(self) -> str:
        return self.container or f"{self.source}:{self.object_id}"


class ClusterIndex(models.Model):
    """An index of the cluster: the one that is read, those that are being built, and the one before, kept to go back to."""

    class State(models.TextChoices):
        BUILDING = "building"
        LIVE = "live"
        KEPT = "kept"

    name = models.CharField(max_length=100, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.BUILDING)
    # The last entry that was written into it while it is built
    reached = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Synonym(models.Model):
    """What editors know to be said in other words. It is asked for when a question comes, so no index is written anew."""

    class Language(models.TextChoices):
        ANY = "", _("Any language")
        KAZAKH = "kk", "Қазақша"
        RUSSIAN = "ru", "Русский"
        ENGLISH = "en", "English"

    words = models.CharField(_("Words that are typed"), max_length=200, help_text=_("Several are separated by commas."))
    language = models.CharField(_("Their language"), max_length=2, choices=Language, blank=True)
    also = models.CharField(_("What they find as well"), max_length=400, help_text=_("Several are separated by commas."))
    also_language = models.CharField(_("Language of these"), max_length=2, choices=Language, blank=True)
    weight = models.FloatField(
        _("Weight"),
        default=0.3,
        validators=[MinValueValidator(0.05), MaxValueValidator(1)],
        help_text=_("From 0.05 to 1. What holds the typed words themselves stands above."),
    )
    is_mutual = models.BooleanField(_("The other way round too"), default=True)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("Synonyms for the search")
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return f"{self.words} {'↔' if self.is_mutual else '→'} {self.also}"


class Pin(models.Model):
    """What editors show before everything that is found for some words. `things` are `[source, id]` of what stands at the addresses."""

    text = models.CharField(_("words that are looked for"), max_length=200, help_text=_("In any order and any form."))
    language = models.CharField(
        _("language of the page"), max_length=8, blank=True, choices=settings.LANGUAGES, help_text=_("Empty: in every language.")
    )
    addresses = models.TextField(_("what is shown first"), help_text=_("Addresses of the portal, one in each line, at most three."))
    things = models.JSONField(default=list, editable=False)
    until = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: until somebody removes it."))

    class Meta:
        ordering = ["text", "pk"]
        verbose_name = _("pinned result")
        verbose_name_plural = _("pinned results")

    def __str__(self) -> str:
        return self.text


class Asking(models.Model):
    """That a visitor of one day looked for something, see search.asked. `place` is that of the first row that she opened."""

    visitor = models.CharField(max_length=32)
    key = models.CharField(max_length=200)
    language = models.CharField(max_length=8)
    text = models.CharField(max_length=100)
    found = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    # The key of what she had asked before
    refines = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("question asked")
        verbose_name_plural = _("questions asked")
        constraints = [models.UniqueConstraint(fields=["visitor", "key", "language"], name="search_asked_once_a_day")]
        indexes = [models.Index(fields=["at"], name="search_asked_at")]

    def __str__(self) -> str:
        return self.text


def audiences_open_to(tokens, satisfied=(), *, using=None) -> list[int]:
    """Asked in plain SQL: composing this query took longer than the whole of its answer, for every page with hits."""
    wanted = sorted(set(tokens))
    if not wanted:
        return []
    sql = f"""SELECT id, requires FROM search_audience WHERE id IN (
        SELECT audience_id FROM search_audiencetoken WHERE token IN ({",".join(["%s"] * len(wanted))})) ORDER BY id"""  # noqa: S608
    with connections[using or DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, wanted)
        return [pk for pk, requires in cursor.fetchall() if set(json.loads(requires)) <= set(satisfied)]
