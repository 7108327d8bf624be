"""The one place that gives out bytes. The caller has fetched the owner row through `visible_to`."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from portal.models import File

from .kinds import Kind

CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")
SHOWN_IN_PLACE = {Kind.IMAGE, Kind.VIDEO, Kind.PDF}
# Should a browser ever draw a member's file as a page, then as one without scripts, cookies and an origin.
POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
SANDBOX = f"{POLICY}; sandbox"


def respond(request: HttpRequest, file: File, *, as_attachment: bool = True) -> HttpResponse:
    """`file` whole or in the part that is asked for. What a browser cannot show safely is always an attachment."""
    disposition = content_disposition_header(as_attachment or file.kind not in SHOWN_IN_PLACE, file.name)
    # The PDF viewers of browsers refuse to work in a sandbox; they run no script of a file with our origin.
    policy = POLICY if file.kind == Kind.PDF else SANDBOX
    return _respond(request, file.blob, etag=file.hash, type=file.type, disposition=disposition, policy=policy)


def respond_preview(request: HttpRequest, file: File) -> HttpResponse:
    """The picture of the first page; `file.preview` is not empty."""
    return _respond(request, file.preview, etag=f"{file.hash}-preview", type="image/webp", disposition="inline", policy=SANDBOX)


def respond_archive(request: HttpRequest, stored: FieldFile, *, name: str, etag: str) -> HttpResponse:
    """An archive that the portal has made for one person."""
    return _respond(request, stored, etag=etag, type="application/zip", disposition=content_disposition_header(True, name), policy=SANDBOX)


def respond_sheet(request: HttpRequest, stored: FieldFile, *, name: str, etag: str) -> HttpResponse:
    """A page to print that the portal has made."""
    return _respond(request, stored, etag=etag, type="application/pdf", disposition=content_disposition_header(False, name), policy=POLICY)


def _respond(request: HttpRequest, stored: FieldFile, *, etag: str, type: str, disposition: str, policy: str) -> HttpResponse:
    if not isinstance(stored.storage, FileSystemStorage):
        return _elsewhere(stored, type, disposition)
    etag = quote_etag(etag)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse() if settings.FILE_ACCEL_PREFIX else _bytes(request, stored, etag)
    if response.status_code == 200 and settings.FILE_ACCEL_PREFIX:
        # nginx keeps type and disposition; its location has to repeat the two security headers.
        response["X-Accel-Redirect"] = settings.FILE_ACCEL_PREFIX + stored.name
    response["Content-Type"] = type
    response["Content-Disposition"] = disposition
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


def _elsewhere(stored: FieldFile, type: str, disposition: str) -> HttpResponse:
    """A short-lived signed link of the object storage."""
    link = stored.storage.url(stored.name, parameters={"ResponseContentType": type, "ResponseContentDisposition": disposition})
    return HttpResponseRedirect(link, headers={"Cache-Control": "no-store"})


def _bytes(request: HttpRequest, stored: FieldFile, etag: str) -> HttpResponse:
    size = stored.size
    asked = RANGE.match(request.headers.get("Range", ""))
    if not asked or asked[0] == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return FileResponse(stored.open("rb"))
    start, end = _span(asked, size)
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_part(stored.open("rb"), start, end - start + 1), status=206)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = end - start + 1
    return response


def _span(asked: re.Match, size: int) -> tuple[int, int]:
    """First and last byte; `bytes=-500` means the last 500."""
    first, last = asked.groups()
    if not first:
        return max(size - int(last), 0), size - 1
    start = int(first)
    return start, min(int(last), size - 1) if last else size - 1


def _part(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
