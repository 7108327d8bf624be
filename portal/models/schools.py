from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..alphabet import sort_key
from ..querysets import SchoolQuerySet
from .vocabulary import Vocabulary, name_in


class Region(Vocabulary):
    """One of the 17 oblasts and 3 cities; `code` is the first two digits of KATO, which ISO 3166-2:KZ repeats."""

    class Meta(Vocabulary.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class District(Vocabulary):
    region = models.ForeignKey(Region, models.PROTECT, related_name="districts", verbose_name=_("region"))

    merged_within = ("region",)

    class Meta(Vocabulary.Meta):
        verbose_name = _("district")
        verbose_name_plural = _("districts")


class SchoolType(Vocabulary):
    class Meta(Vocabulary.Meta):
        verbose_name = _("type of school")
        verbose_name_plural = _("types of school")


class Network(Vocabulary):
    """What a school can belong to for a time: NIS, hub schools, leading schools and so on."""

    class Meta(Vocabulary.Meta):
        verbose_name = _("network of schools")
        verbose_name_plural = _("networks of schools")


class School(models.Model):
    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        LISTED = "listed", _("listed")
        CLOSED = "closed", _("closed")
        REFUSED = "refused", _("refused")

    # Until it is accepted a proposed school has a code that lists do not know.
    PROPOSED_CODE = "proposed-"

    code = models.CharField(_("code"), max_length=40, unique=True)
    name_kk = models.CharField(_("name in Kazakh"), max_length=250)
    name_ru = models.CharField(_("name in Russian"), max_length=250, blank=True)
    name_en = models.CharField(_("name in English"), max_length=250, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="schools", verbose_name=_("region"))
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="schools", verbose_name=_("district"))
    locality = models.CharField(_("town or village"), max_length=120, blank=True)
    type = models.ForeignKey(SchoolType, models.PROTECT, null=True, blank=True, related_name="schools", verbose_name=_("type"))
    networks = models.ManyToManyField(Network, through="SchoolNetwork", related_name="schools")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.LISTED)
    is_sample = models.BooleanField(_("sample, not a real school"), default=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="proposed_schools", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)

    objects = SchoolQuerySet.as_manager()

    source = "schools"

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("school")
        verbose_name_plural = _("schools")

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.sort_key = sort_key(self.name_kk)
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return name_in(self, get_language())

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.locality, self.region.name) if part)


class SchoolNetwork(models.Model):
    school = models.ForeignKey(School, models.CASCADE)
    network = models.ForeignKey(Network, models.PROTECT)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "network", "since"], name="school_network_once")]
        verbose_name = _("place in a network")
        verbose_name_plural = _("places in networks")

    def __str__(self) -> str:
        return f"{self.school}: {self.network}"
