"""What templates of programmes draw."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Application, Cohort, CohortRole, Story

register = template.Library()


@register.filter
def of_key(found: dict, key):
    return found.get(key)


@register.filter
def story_page(story: Story) -> str:
    """In its own language, as search engines know it."""
    return f"/{story.language}{story.address}"


@register.inclusion_tag("leaders/applications/ways.html", takes_context=True)
def application_ways(context, cohort):
    """From the page of a cohort: to one's application, to what one has to read, to those that were sent."""
    user = context["user"]
    if not user.is_authenticated:
        return {"cohort": cohort}
    roles = CohortRole.objects.of(user).current().filter(cohort=cohort)
    begun = Application.objects.of(user).live().filter(cohort=cohort)
    return {"cohort": cohort, "roles": set(roles.values_list("name", flat=True)), "application": begun.first(), "signed_in": True}


@register.simple_tag(takes_context=True)
def selection_pages(context, cohort, current: str) -> list[dict]:
    """Tabs, for whoever selects: observers read the applications alone."""
    decides = getattr(cohort, "decides", None)
    if decides is None:
        decides = Cohort.objects.selected_by(context["user"]).filter(pk=cohort.pk).exists()
    if not decides:
        return []
    named = {
        "cohort_applications": pgettext("pages of a cohort", "Applications"),
        "cohort_stages": _("Stages"),
        "cohort_questions": _("Questions"),
        "decision_words": _("Words of the letters"),
    }
    return [{"label": label, "url": reverse(name, args=[cohort.pk]), "current": name == current} for name, label in named.items()]
