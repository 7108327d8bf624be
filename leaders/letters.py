"""Letters to people as applicants, and to heads of schools, who need no account."""

from collections.abc import Iterable

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from portal.mail.hours import EVERYBODYS, coming_holidays, next_open
from portal.mail.posting import post_account_letter
from portal.models import Letter

from .models import Application, Cohort, DecisionWords, Endorsement

signer = Signer(sep="~", salt="endorsement")


def token_of(endorsement: Endorsement) -> str:
    """Signed, not stored: whoever reads the database cannot follow it."""
    return signer.sign(endorsement.pk)


def endorsement_of(token: str) -> Endorsement | None:
    try:
        pk = signer.unsign(token)
    except BadSignature:
        return None
    rows = Endorsement.objects.select_related("application__cohort__version__programme", "application__user", "application__school")
    return rows.filter(pk=pk).first()


def post_endorsement(endorsement: Endorsement) -> None:
    application = endorsement.application
    with override(endorsement.language):
        address = settings.SITE_URL + reverse("endorse", args=[token_of(endorsement)])
        context = {"endorsement": endorsement, "application": application, "cohort": application.cohort, "address": address}
        subject = gettext("%(name)s asks you to endorse an application") % {"name": application.user.get_full_name()}
        body = render_to_string("leaders/endorsements/letter.txt", context)
    post_account_letter(None, endorsement.head_email, endorsement.language, subject=subject, body=body)


def post_decisions(cohort: Cohort, applications: Iterable[Application], outcome: str, reason: str) -> None:
    """The same words to all who are written to in one language; by day, like every letter that nobody waits for."""
    now = timezone.now()
    due_at = next_open(now, EVERYBODYS, coming_holidays(now))
    written = {}
    letters = []
    for application in applications:
        language = application.language
        if language not in written:
            written[language] = decision_letter(cohort, outcome, reason, language)
        subject, body = written[language]
        letters.append(
            Letter(
                user=application.user,
                purpose=Letter.Purpose.ACCOUNT,
                address=application.user.email,
                language=language,
                subject=subject,
                body=body,
                due_at=due_at,
            )
        )
    Letter.objects.bulk_create(letters, batch_size=500)


def decision_letter(cohort: Cohort, outcome: str, reason: str, language: str) -> tuple[str, str]:
    words = DecisionWords.objects.filter(cohort=cohort, outcome=outcome).first()
    with override(language):
        context = {
            "cohort": cohort,
            "outcome": outcome,
            "reason": reason,
            "words": words and words.text,
            "address": settings.SITE_URL + reverse("my_applications"),
        }
        subject = gettext("The decision on your application: %(cohort)s") % {"cohort": cohort.name}
        return subject, render_to_string("leaders/decisions/letter.txt", context)
