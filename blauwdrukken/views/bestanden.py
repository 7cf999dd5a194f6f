"""Uploaded files: public only while something published uses them, else only for who may see them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ..depends import On, depends
from ..models import Afbeelding, AfbeeldingRendition, Bestand
from ..uploads import FileKind

SANDBOX_POLICY = "sandbox; default-src 'none'"


@depends(On.NEVER)
@require_safe
def document(request: HttpRequest, pk: int, naam: str) -> HttpResponseBase:
    """A document to keep: never shown inside the site."""
    bestand = get_object_or_404(Bestand, pk=pk)
    if bestand.filename != naam:
        raise Http404
    response = _file_response(request, bestand, Bestand.objects.all(), bestand.file)
    if isinstance(response, FileResponse):
        response["Content-Disposition"] = content_disposition_header(True, bestand.filename)
    return response


@depends(On.NEVER)
@require_safe
def afbeelding(request: HttpRequest, pad: str) -> HttpResponseBase:
    """A picture at the size of a page; the original is never served."""
    rendition = get_object_or_404(AfbeeldingRendition.objects.select_related("image"), file=pad.replace("\x00", ""))
    return _file_response(request, rendition.image, Afbeelding.objects.all(), rendition.file)


def _file_response(request: HttpRequest, upload: Any, uploads: QuerySet, bestand: Any) -> HttpResponseBase:
    """The file, or 404; caches must ask again each time, for it may be withdrawn."""
    public = uploads.filter(pk=upload.pk).public().exists()  # type: ignore[attr-defined]
    if not public and not _may_see(request.user, upload, uploads):
        raise Http404
    kind = FileKind.from_name(bestand.name)
    if kind is None or not bestand.storage.exists(bestand.name):
        raise Http404
    etag = f'"{upload.pk}-{upload.file_hash}-{quote(bestand.name)}"'
    if public and (unchanged := get_conditional_response(request, etag=etag)):
        return unchanged
    response = FileResponse(bestand.open("rb"), content_type=kind.mime)
    response["Content-Security-Policy"] = SANDBOX_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache" if public else "private, no-store"
    return response


def _may_see(user: Any, upload: Any, uploads: QuerySet) -> bool:
    """Whether this is somebody of the back office who works with the file."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    return bool(uploads.visible_to(user).filter(pk=upload.pk).exists())  # type: ignore[attr-defined]
