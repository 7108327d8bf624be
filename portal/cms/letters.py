"""Wagtail's letters of the workflow. They speak their reader's language and leave by the worker, like all letters of the portal."""

from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.admin import mail
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from ..mail.posting import post_account_letter


class LeavesByWorker:
    def send_emails(self, template_set, context, recipients, **kwargs):
        for person in recipients:
            language = person.interface_language
            with override(language):
                subject, text = (render_to_string(template_set[part], context | {"user": person}).strip() for part in ("subject", "text"))
            post_account_letter(person, person.email, language, subject=subject, body=text)
        return True


class WaitsForYou(LeavesByWorker, mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    pass


class Approved(LeavesByWorker, mail.WorkflowStateApprovalEmailNotifier):
    pass


class Rejected(LeavesByWorker, mail.WorkflowStateRejectionEmailNotifier):
    pass


waits_for_you, approved, rejected = WaitsForYou(), Approved(), Rejected()


def register() -> None:
    """Under the names by which Wagtail would connect its own: who comes first under a name stays."""
    task_submitted.connect(waits_for_you, sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification")
    workflow_approved.connect(approved, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification")
    workflow_rejected.connect(rejected, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification")
