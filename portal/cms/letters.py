"""Wagtail's letters of the workflow and of comments. They speak their reader's language and leave by the worker, like all letters."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.admin import mail
from wagtail.admin.views.pages import edit
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected
from wagtail.users.models import UserProfile

from ..mail.posting import post_account_letter
from ..models import User


def post_all(people: Iterable[User], subject: str, text: str, context: dict) -> None:
    """`subject` and `text` are the names of templates. Whoever is kept away from the portal, or about to leave it, works on no page."""
    for person in User.objects.written_to().filter(pk__in=[person.pk for person in people]):
        language = person.interface_language
        with override(language):
            said, body = (render_to_string(name, context | {"user": person}).strip() for name in (subject, text))
        post_account_letter(person, person.email, language, subject=said, body=body)


class LeavesByWorker:
    def send_emails(self, template_set, context, recipients, **kwargs):
        post_all(recipients, template_set["subject"], template_set["text"], context)
        return True


class WaitsForYou(LeavesByWorker, mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    pass


class Approved(LeavesByWorker, mail.WorkflowStateApprovalEmailNotifier):
    pass


class Rejected(LeavesByWorker, mail.WorkflowStateRejectionEmailNotifier):
    pass


waits_for_you, approved, rejected = WaitsForYou(), Approved(), Rejected()


def post_comments(people: Iterable[User], notification: str, context: dict) -> bool:
    """To whom of them wants such letters."""
    wanting = [person for person in people if UserProfile.get_for_user(person).updated_comments_notifications]
    about = f"wagtailadmin/notifications/{notification}"
    post_all(wanting, f"{about}_subject.txt", f"{about}.txt", context | {"settings": settings})
    return True


def register() -> None:
    """Under the names by which Wagtail would connect its own: who comes first under a name stays. Of comments its view writes itself."""
    edit.send_notification = post_comments
    task_submitted.connect(waits_for_you, sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification")
    workflow_approved.connect(approved, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification")
    workflow_rejected.connect(rejected, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification")
