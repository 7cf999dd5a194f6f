"""What an address that used to be public answers: a redirect, or why there is nothing any more."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format

from ..models import Blauwdruk, OudAdres, Project
from ..search.engine import NoIndexError
from ..search.gateway import gateway
from ..search.results import related_blauwdrukken

# An entry's page, its other outputs and its versions; `base` is what OudAdres knows.
API = "/api/v1"
ADDRESS_PATTERN = re.compile(
    rf"(?P<api>{API}(?=/blauwdrukken/))?"
    r"(?P<base>/(?:(?:blauwdrukken|projecten|verhalen|b)/)?[\w-]+)(?:/|(?P<output>\.\w+)|(?P<versie>/versies/\d+/))?"
)
LISTS = {Blauwdruk: ("blauwdruk-list", "Alle blauwdrukken"), Project: ("project-list", "Alle projecten")}
CACHE_SECONDS = 3600  # what was withdrawn may return


def oud_adres_response(request: HttpRequest) -> HttpResponse | None:
    """Answer for an address that used to be public; None when it never was."""
    parts = ADDRESS_PATTERN.fullmatch(request.path)
    adres = OudAdres.objects.resolve(f"{parts['base']}/") if parts else None
    if parts is None or adres is None:
        return None
    if not adres.naar:
        return withdrawn_data(adres) if parts["api"] else withdrawn_page(request, adres)
    target = adres.naar
    if parts["api"]:
        target = API + target.rstrip("/")
    elif parts["output"]:
        target = target.rstrip("/") + parts["output"]
    elif parts["versie"] and not adres.reden:
        target = target.rstrip("/") + parts["versie"]
    response = HttpResponsePermanentRedirect(target)
    patch_cache_control(response, max_age=CACHE_SECONDS)
    return open_data(response) if parts["api"] else response


def withdrawn_page(request: HttpRequest, adres: OudAdres) -> HttpResponse:
    """Page that says when and why an entry was withdrawn, and where to go on."""
    model: Any = adres.content_type.model_class()
    context = {
        "soort": model._meta.verbose_name,
        "reden": adres.reden,
        "datum": adres.datum,
        "lijst": LISTS.get(model),
        "verwant": _related(adres.entry),
    }
    return render(request, "teruggetrokken.html", context, status=410)


def withdrawn_data(adres: OudAdres) -> HttpResponse:
    """The same as an answer of the API."""
    sentence = f"Teruggetrokken op {date_format(adres.datum, 'j F Y')}. Reden: {adres.reden}"
    return open_data(JsonResponse({"fout": sentence}, status=410))


def open_data(response: HttpResponse) -> HttpResponse:
    """Let pages of other sites read this answer, as all of the API."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _related(entry: Any) -> list[Blauwdruk]:
    """Published blueprints like this one, as far as the index can tell."""
    try:
        return related_blauwdrukken(gateway().engine(), entry, 3) if isinstance(entry, Blauwdruk) else []
    except NoIndexError:
        return []


def withdrawn_versie(request: HttpRequest, versie: Any) -> HttpResponse:
    """Page that says when and why one version was withdrawn."""
    context = {
        "soort": "versie",
        "reden": versie.reden,
        "datum": versie.ingetrokken_op,
        "nieuwste": versie.blauwdruk,
        "lijst": LISTS[Blauwdruk],
    }
    return render(request, "teruggetrokken.html", context, status=410)
