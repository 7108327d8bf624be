from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.shortcuts import render

SHOWN = 30


def sent_mail(request):
    folder = Path(settings.EMAIL_FILE_PATH or ".")
    files = sorted(folder.glob("*.eml"), reverse=True)[:SHOWN]
    letters = [letter(file) for file in files]
    return render(request, "sent_mail/sent_mail.html", {"letters": letters})


def letter(file: Path) -> dict:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return {
        "to": message["To"],
        "subject": message["Subject"],
        "language": message["Content-Language"] or "",
        "date": datetime.fromtimestamp(file.stat().st_mtime, UTC),
        "text": body.get_content() if body else "",
    }
