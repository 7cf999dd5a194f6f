"""Start page, own pages, health and errors."""

from __future__ import annotations

import sys

from django.conf import settings
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from blauwdrukken.map import map_with_counts
from blauwdrukken.models import Blauwdruk, Citaat, Project, Thema, Verhaal
from blauwdrukken.search.gateway import gateway

from .errors import error_page, outage
from .login.unsaved import is_from_edit_form, unsaved_response
from .models import Pagina


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Search, map, themes and the newest blueprints."""
    blauwdrukken = Blauwdruk.objects.published()
    regio_map = map_with_counts()
    context = {
        "kaart": regio_map,
        "regios": sorted(regio_map.tiles, key=lambda tile: tile.regio.naam),
        "themas": Thema.objects.with_count()[:9],
        "nieuwste": blauwdrukken.newest_first().with_facts()[:3],
        "citaat": Citaat.objects.of_the_day(timezone.localdate()),
        "verhalen": Verhaal.objects.published().newest_first().with_line_facts()[:3],
        "aantal_blauwdrukken": blauwdrukken.count(),
        "aantal_projecten": Project.objects.published().count(),
        "regios_doen_mee": sum(tile.counts[0] > 0 for tile in regio_map.tiles),
    }
    return render(request, "start.html", context)


class PaginaDetail(DetailView):
    """A page of the site itself, such as /over/."""

    template_name = "pagina.html"
    context_object_name = "pagina"

    def get_queryset(self) -> QuerySet[Pagina]:
        return Pagina.objects.published().select_related("herkomst")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and there is an index; 503 when not."""
    try:
        ready = gateway().is_ready()
    except DatabaseError:
        return HttpResponse("de database antwoordt niet\n", content_type="text/plain", status=503)
    if not ready:
        return HttpResponse("de zoekindex wordt gemaakt\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read, and where the sitemap is."""
    sitemap = f"{settings.BASE_URL}{reverse('sitemap')}"
    closed = [f"Disallow: {path}" for path in ("/account/", "/beheer/", "/bundel/maken/")]
    lines = ["User-agent: *", *closed, f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer to what cannot be read."""
    return error_page(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer to who may not come here."""
    return error_page(request, "403.html", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer to a form without a valid token; a text that was written comes back."""
    if is_from_edit_form(request):
        return unsaved_response(request)
    return error_page(request, "403_csrf.html", 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer to an address that does not exist."""
    return error_page(request, "404.html", 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer to who tries too often to log in."""
    return error_page(request, "429.html", 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something broke; what stands around a view, such as its session, may miss the database too."""
    return outage(request, sys.exc_info()[1]) or error_page(request, "500.html", 500)
