"""What readers report here: stories of change projects. Everything else is read by those alone who look after a cohort."""

from portal.reporting import Reportable, Thing

from . import actions
from .models import Story


def find_story(user, pk: int) -> Thing | None:
    """Whoever answers complaints goes on seeing what was reported after its writer has taken it back."""
    rows = Story.objects.select_related("project__enrolment__user")
    story = (rows if is_caretaker(user) else rows.filter(state=Story.State.PUBLISHED)).filter(pk=pk).first()
    if not story:
        return None
    return Thing(story.ref, story.title, story.address, story.language, story.project.enrolment.user)


def is_caretaker(user) -> bool:
    return user.is_authenticated and user.is_caretaker


STORIES = Reportable(find_story, "/leaders/stories/", take_down=actions.take_down_story, put_back=actions.put_back_story)
