"""What templates of programmes draw."""

from django import template

from ..models import Application, CohortRole, Story

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
    roles = CohortRole.objects.current().filter(cohort=cohort, user=user)
    begun = Application.objects.live().filter(cohort=cohort, user=user)
    return {"cohort": cohort, "roles": set(roles.values_list("name", flat=True)), "application": begun.first(), "signed_in": True}
