from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.query import SearchQuery

from ..querysets import SavedSearchQuerySet, SavedSearchTermQuerySet


class SavedSearch(models.Model):
    """A question whose new answers a person wants to hear of. `digest` says that two questions are the same."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=120)
    text = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=40, blank=True)
    facets = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    # What a new thing has to hold, see search.alerts
    wishes = models.TextField(default="", editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="search_saved_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def wished(self) -> SearchQuery:
        """Of every tab, as long as none was chosen, also of those that the portal gains."""
        return SearchQuery(text=self.text, facets=self.facets, sources=(self.source,) if self.source else ())

    @property
    def parameters(self) -> str:
        """What its results page carries in the address."""
        asked = {"q": self.text, "in": self.source, **self.facets}
        return urlencode({name: value for name, value in asked.items() if value}, doseq=True)

    @property
    def address(self) -> str:
        return f"{reverse('search')}?{self.parameters}"


class SavedSearchTerm(models.Model):
    """Two terms under which a saved search is looked up when something new is published, see search.alerts."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="terms")
    term = models.CharField(max_length=200)
    beside = models.CharField(max_length=200, default="", blank=True)

    objects = SavedSearchTermQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "term", "beside"], name="search_term_once")]
        # The search stands before what is looked at last: a database would else look for each two of many terms.
        indexes = [models.Index(fields=["term", "search", "beside"], name="search_terms")]

    def __str__(self) -> str:
        return f"{self.term} {self.beside}"


class SavedSearchAlert(models.Model):
    """That a person was told of a thing for a saved search: never again."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="alerts")
    source = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "source", "object_id"], name="search_alerted_once")]

    def __str__(self) -> str:
        return f"{self.search}: {self.source}:{self.object_id}"
