"""Start page, own pages, health and errors."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from blauwdrukken.depends import On, depends
from blauwdrukken.highlight import highlight_of
from blauwdrukken.map import map_with_counts
from blauwdrukken.models import Blauwdruk, Thema, Verhaal
from blauwdrukken.themas import thema_tiles
from blauwdrukken.views.oudadres import oud_adres_response
from regios.map import Tile

from .errors import error_page, outage
from .health import problems, refusal_to_write
from .login.unsaved import is_from_edit_form, unsaved_response
from .models import Pagina
from .questions import answered_questions


@depends(On.CONTENT | On.CHOICE | On.DAY)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Search, questions, what stands out today, the map, themes, what was described last, and stories."""
    blauwdrukken = Blauwdruk.objects.published()
    total = blauwdrukken.count()
    regio_map = map_with_counts()
    context = {
        "aantal_blauwdrukken": total,
        "vragen": answered_questions(),
        "uitgelicht": highlight_of(timezone.localdate()),
        "kaart": regio_map,
        "regiohelften": halves(sorted(regio_map.tiles, key=lambda tile: tile.regio.naam)),
        "aantal_regios": len(regio_map.tiles),
        "regios_doen_mee": sum(tile.count > 0 for tile in regio_map.tiles),
        "themas": thema_tiles(total, Thema.objects.with_count()),
        "nieuwste": blauwdrukken.newest_first().with_answers()[:3],
        "verhalen": Verhaal.objects.published().newest_first().with_line_facts()[:3],
    }
    return render(request, "start.html", context)


def halves(rows: Sequence[Tile]) -> list[Sequence[Tile]]:
    """The rows of a long table as two that stand beside each other, the first the longer."""
    middle = (len(rows) + 1) // 2
    return [half for half in (rows[:middle], rows[middle:]) if half]


@depends(On.CONTENT | On.CHOICE)
class PaginaDetail(DetailView):
    """A page of the site itself, such as /over/."""

    template_name = "pagina.html"
    context_object_name = "pagina"

    def get_queryset(self) -> QuerySet[Pagina]:
        return Pagina.objects.published().select_related("herkomst")


@depends(On.NEVER)
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@depends(On.NEVER)
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, index, disk, timer and queue can do their work; else 503 with a line for each that cannot."""
    found = problems()
    lines = "\n".join(found or ["ok"])
    return HttpResponse(f"{lines}\n", content_type="text/plain; charset=utf-8", status=503 if found else 200)


@depends(On.NOTHING)
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
    """Answer to an address that does not exist, or does no more."""
    old = oud_adres_response(request) if request.method in ("GET", "HEAD") else None
    return old or error_page(request, "404.html", 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer to who tries too often to log in, as everybody seems to while no count of tries can be written."""
    if answer := outage(request, refusal_to_write()):
        return answer
    response = error_page(request, "429.html", 429)
    response["Retry-After"] = "300"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something broke; what stands around a view, such as its session, may miss the database too."""
    return outage(request, sys.exc_info()[1]) or error_page(request, "500.html", 500)
