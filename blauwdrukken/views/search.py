"""The search over everything, and what a search field asks while somebody types in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from regios.models import fold

from ..depends import On, depends
from ..facets import MAX_SEARCH_LENGTH, one_line
from ..models import Misser
from ..search.engine import PAGE_SIZE
from ..search.gateway import gateway
from ..search.groups import Group, SearchOfAll
from ..search.kinds import KINDS
from ..search.suggestions import suggest


@depends(On.CONTENT | On.CHOICE, query=("zoek", "soort", "pagina"))
@require_safe
def search_everything(request: HttpRequest) -> HttpResponse:
    """What ?zoek= finds, by kind; with ?soort= all of one kind, in pages."""
    asked = one_line(request.GET.get("zoek", ""))
    soort, pagina = request.GET.get("soort", ""), request.GET.get("pagina", "1")
    zoek = asked[:MAX_SEARCH_LENGTH].strip()
    context: dict[str, Any] = {
        "zoek": zoek,
        "te_lang": MAX_SEARCH_LENGTH if len(asked) > MAX_SEARCH_LENGTH else 0,
        "onbekend": soort[:60] if soort not in KINDS else "",
        "namen": names_in_a_row(),
    }
    if not zoek:
        page_of([], pagina)
        return render(request, "zoeken/zoeken.html", context)
    found = SearchOfAll(zoek)
    groups = {group.kind.name: group for group in found.groups}
    if soort in groups:
        return one_kind(request, context, found, groups[soort], pagina)
    page_of([], pagina)
    if found.unknown or not found.total:
        Misser.objects.record(fold(zoek))
    return render(request, "zoeken/zoeken.html", context | {"gezocht": found})


def one_kind(
    request: HttpRequest, context: dict[str, Any], found: SearchOfAll, group: Group, pagina: str
) -> HttpResponse:
    """All that was found of one kind; a kind with a list of its own is shown there."""
    if group.kind.own_list:
        return redirect(group.url)
    page = page_of(found.entries(group.kind.name), pagina)
    context |= {
        "gezocht": found,
        "groep": group,
        "alle_soorten": f"{request.path}?{urlencode({'zoek': found.text})}",
        "page_obj": page,
        "paginator": page.paginator,
        "paginanummers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "rijen": found.hits(page.object_list),
    }
    return render(request, "zoeken/soort.html", context)


def names_in_a_row() -> str:
    """What can be found, for in a sentence."""
    *names, last = (kind.many.lower() for kind in KINDS.values())
    return f"{', '.join(names)} en {last}"


def page_of(rows: list[Any], number: str) -> Any:
    """The page with this number; a page that does not exist is a 404."""
    try:
        return Paginator(rows, PAGE_SIZE).page(number)
    except InvalidPage as error:
        raise Http404 from error


@depends(On.NEVER)
@require_safe
@cache_control(private=True, max_age=60)
def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Suggestions for what was typed so far (?q=): {"suggesties": [{"tekst", "soort", "url"}]}."""
    found = suggest(gateway().engine(), request.GET.get("q", ""))
    return JsonResponse({"suggesties": [asdict(suggestion) for suggestion in found]})
