from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from portal.refs import Ref

from ..querysets import SelectionRunQuerySet
from .applications import Application, Stage
from .cohorts import Cohort


class SelectionRun(models.Model):
    """Many applications are led on or decided on, some at a time; a worker that is killed is followed by another one."""

    class State(models.TextChoices):
        RUNNING = "running", pgettext_lazy("a task", "under way")
        DONE = "done", pgettext_lazy("a task", "done")
        STOPPED = "stopped", pgettext_lazy("a task", "stopped")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="selection_runs")
    # Into which they are led; none: they are decided on
    stage = models.ForeignKey(Stage, models.CASCADE, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Application.OUTCOMES, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING, editable=False)
    # The applications in their order, and how many of them are over
    chosen = models.JSONField(default=list)
    place = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    unendorsed = models.PositiveIntegerField(default=0)
    unmoved = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects = SelectionRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["cohort"], condition=Q(state="running"), name="selection_run_once")]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.place}/{self.total}"

    @property
    def ref(self) -> Ref:
        return Ref("selection_runs", self.pk)

    @property
    def total(self) -> int:
        return len(self.chosen)
