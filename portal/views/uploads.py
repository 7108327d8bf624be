"""Resumable uploads by the tus protocol 1.0 (core, creation, termination): https://tus.io/protocols/resumable-upload

An app gives them two addresses of its own, `…/upload/` and `…/upload/<uuid:upload>/`, and one view that checks its own rules:

    def share_upload(request, upload=None):
        return receive(request, upload, target="materials", finish=draft_with)

`finish(request, file)` runs in the transaction that makes the file and returns the address to go to next.
"""

import base64
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from portal.files import uploads
from portal.limits import exceeded
from portal.models import File, Upload

VERSION = "1.0.0"
PIECE_TYPE = "application/offset+octet-stream"
Finish = Callable[[HttpRequest, File], str]


class Refused(Exception):
    """A request that does not keep to the protocol, or a file that is not taken."""

    def __init__(self, status: int, text: str = "") -> None:
        self.status, self.text = status, text


def speaks_tus(view):
    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
                raise Refused(412)
            response = view(request, *args, **kwargs)
        except Refused as refused:
            response = HttpResponse(refused.text, status=refused.status, content_type="text/plain; charset=utf-8")
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return wrapped


@speaks_tus
def receive(request: HttpRequest, upload: UUID | None = None, *, target: str, finish: Finish) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Tus-Version": VERSION, "Tus-Extension": "creation,termination"})
    if not request.user.is_authenticated:
        raise Refused(401, _("You were signed out. Sign in again, then choose the same file: the upload goes on where it stopped."))
    if not upload:
        return _create(request, target) if request.method == "POST" else HttpResponse(status=405, headers={"Allow": "OPTIONS, POST"})
    row = get_object_or_404(Upload, pk=upload, user=request.user, target=target)
    answers = {"HEAD": _tell, "PATCH": _append, "DELETE": _terminate}
    if request.method not in answers:
        return HttpResponse(status=405, headers={"Allow": "OPTIONS, HEAD, PATCH, DELETE"})
    return answers[request.method](request, row, finish)


def _create(request: HttpRequest, target: str) -> HttpResponse:
    if exceeded("upload", request.user):
        raise Refused(429, _("Too many files within an hour. Wait a little, then choose the file again."))
    size, name = _number(request, "Upload-Length"), _file_name(request.headers.get("Upload-Metadata", ""))
    try:
        row = uploads.begin(user=request.user, target=target, name=name, size=size)
    except ValidationError as error:
        raise Refused(413 if error.code == "too-large" else 422, " ".join(error.messages)) from error
    return HttpResponse(status=201, headers={"Location": f"{request.path}{row.pk}/"})


def _tell(request: HttpRequest, row: Upload, finish: Finish) -> HttpResponse:
    headers = {"Upload-Offset": _received(row), "Upload-Length": row.size}
    return HttpResponse(headers=headers | ({"X-Next": row.next} if row.next else {}))


def _append(request: HttpRequest, row: Upload, finish: Finish) -> HttpResponse:
    if request.content_type != PIECE_TYPE:
        raise Refused(415)
    offset, received = _number(request, "Upload-Offset"), _received(row)
    if not row.next:
        try:
            received = uploads.append(row, offset=offset, source=request)
        except uploads.WrongOffset as error:
            raise Refused(409) from error
        except uploads.Busy as error:
            raise Refused(423) from error
    elif offset != received:
        raise Refused(409)
    response = HttpResponse(status=204, headers={"Upload-Offset": received})
    if received == row.size:
        response["X-Next"] = _finish(request, row, finish)
    return response


def _received(row: Upload) -> int:
    received = uploads.received(row)
    if received is None:
        raise Refused(410)
    return received


def _finish(request: HttpRequest, row: Upload, finish: Finish) -> str:
    try:
        return uploads.finish(row, take=lambda file: finish(request, file))
    except ValidationError as error:
        raise Refused(422, " ".join(error.messages)) from error
    except uploads.Gone as error:
        raise Refused(410) from error


def _terminate(request: HttpRequest, row: Upload, finish: Finish) -> HttpResponse:
    uploads.drop(row)
    return HttpResponse(status=204)


def _number(request: HttpRequest, header: str) -> int:
    value = request.headers.get(header, "")
    if not value.isascii() or not value.isdigit() or len(value) > 15:
        raise Refused(400)
    return int(value)


def _file_name(metadata: str) -> str:
    """The name from `filename 0LTQvtC60LvQsNC0,filetype …`: keys with values in base64."""
    pairs = dict(pair.strip().partition(" ")[::2] for pair in metadata.split(","))
    try:
        return base64.b64decode(pairs.get("filename", ""), validate=True).decode(errors="replace")
    except ValueError as error:
        raise Refused(400) from error
