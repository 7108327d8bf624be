"""What a person does with her notices, and how she wants to be written to."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from ..mail.hours import EVERYBODYS, Hours
from ..mail.unsubscribing import kinds_in
from ..models import Bounce, MailHours, Notice, NoticeChoice, Rhythm, User
from ..notices import Kind


def read_notice(user: User, notice: Notice) -> None:
    Notice.objects.visible_to(user).unread().filter(pk=notice.pk).update(read_at=timezone.now())


def read_all_notices(user: User) -> None:
    Notice.objects.visible_to(user).unread().update(read_at=timezone.now())


@transaction.atomic
def choose_rhythms(user: User, rhythms: Mapping[Kind, str]) -> None:
    """What she leaves as it is proposed, follows the kind."""
    NoticeChoice.objects.filter(user=user, kind__in=[kind.key for kind in rhythms]).delete()
    NoticeChoice.objects.bulk_create(
        NoticeChoice(user=user, kind=kind.key, rhythm=rhythm) for kind, rhythm in rhythms.items() if rhythm != kind.rhythm
    )


def unsubscribe(user: User, scope: str, rhythm: str = Rhythm.NEVER) -> None:
    """From what one letter was about; or less often."""
    choose_rhythms(user, dict.fromkeys(kinds_in(user, scope), rhythm))


@transaction.atomic
def choose_mail_hours(user: User, hours: Hours) -> None:
    if hours == EVERYBODYS:
        MailHours.objects.filter(user=user).delete()
    else:
        chosen = {"weekdays": sorted(hours.weekdays), "opens": hours.opens, "closes": hours.closes}
        MailHours.objects.update_or_create(user=user, defaults=chosen)


def try_mail_again(user: User) -> None:
    """She says that letters will arrive now."""
    Bounce.objects.stopping(user.email).update(set_aside_at=timezone.now())
