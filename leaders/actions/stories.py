"""What a change project has come to, told to everybody once the whole team agrees."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.models import Case, User
from portal.text import render

from ..models import ChangeProject, ProjectMember, Story
from ..moves import move
from .projects import ask_for_agreement, hold_project


class NotAgreed(Exception):
    """Somebody of the team has not agreed to these words."""


class OtherWords(Exception):
    """They have changed since she read them."""


class TakenDown(Exception):
    """Those responsible for the portal have decided that it is not shown."""


@transaction.atomic
def write_story(user: User, project: ChangeProject, *, title: str, text: str, language: str) -> Story:
    """Other words need the team's agreement anew; until then nobody else reads them."""
    project = hold_project(user, project)
    story = Story.objects.filter(project=project).first() or Story(project=project)
    if (story.title, story.text, story.language) == (title, text, language):
        return story
    story.title, story.text, story.html, story.language = title, text, render(text), language
    story.save()
    if story.state == Story.State.PUBLISHED:
        move(story, Story.State.WITHDRAWN, actor=user)
    members = User.objects.filter(projects_joined__project=project)
    ProjectMember.objects.filter(project=project).update(agreed_at=None)
    ask_for_agreement(user, project, members)
    return story


@transaction.atomic
def agree(user: User, story: Story, *, agrees: bool, words: str = "") -> None:
    """Each member for herself, to the `words` that she has read. Who changes her mind takes the story back from everybody."""
    ChangeProject.objects.filter(pk=story.project_id).update(changed_at=timezone.now())
    if agrees and Story.objects.get(pk=story.pk).words != words:
        raise OtherWords
    rows = ProjectMember.objects.filter(project=story.project_id, user=user)
    if not rows.update(agreed_at=timezone.now() if agrees else None):
        raise PermissionDenied
    if not agrees:
        withdraw(user, Story.objects.get(pk=story.pk))


@transaction.atomic
def publish_story(user: User, story: Story) -> None:
    project = hold_project(user, story.project)
    if project.members.filter(agreed_at=None).exists():
        raise NotAgreed
    if Case.objects.about(story.ref).standing().exists():
        raise TakenDown
    move(Story.objects.get(pk=story.pk), Story.State.PUBLISHED, actor=user, published_at=timezone.now())


@transaction.atomic
def withdraw_story(user: User, story: Story) -> None:
    if not Story.objects.withdrawable_by(user).filter(pk=story.pk).exists():
        raise PermissionDenied
    ChangeProject.objects.filter(pk=story.project_id).update(changed_at=timezone.now())
    withdraw(user, Story.objects.get(pk=story.pk))


def withdraw(actor: User | None, story: Story, *, reason: str = "") -> None:
    if story.state == Story.State.PUBLISHED:
        move(story, Story.State.WITHDRAWN, actor=actor, reason=reason)


@transaction.atomic
def take_down_story(actor: User, pk: int, reason: str) -> None:
    """What follows from a decision on a complaint."""
    withdraw(actor, Story.objects.get(pk=pk), reason=reason)


def put_back_story(actor: User, pk: int) -> None:
    """The decision is lifted: whether it is told again, its writer decides."""
