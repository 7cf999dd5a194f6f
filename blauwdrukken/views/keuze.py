"""Choosing blueprints and letting them go."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ..choice import Keuze
from ..depends import On, depends
from ..models import Blauwdruk


# A token in the form would give every reader a cookie on every page, while the site promises none before it is
# needed. This form changes nothing but the visitor's own choice, and browsers say themselves where it came from.
@depends(On.NEVER)
@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Add (`erbij`), remove (`eruit`) or empty (`wis`), then back to the same place on the same page."""
    if not is_from_this_site(request):
        raise PermissionDenied
    keuze = Keuze(request)
    slug = request.POST.get("erbij") or request.POST.get("eruit") or ""
    if "erbij" in request.POST:
        keuze.add(get_object_or_404(Blauwdruk.objects.published().only("slug"), slug=slug.replace("\x00", "")).slug)
    elif "wis" in request.POST:
        keuze.clear()
    else:
        keuze.remove(slug)
    return redirect(return_url(request.POST.get("terug", "")) + (f"#kies-{slug}" if slug else ""))


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on this site; what is no browser has no choice to spoil."""
    if fetch_site := request.headers.get("Sec-Fetch-Site"):
        return fetch_site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def return_url(path: str) -> str:
    """The page to go back to, never one of another site."""
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return urlsplit(path)._replace(fragment="").geturl() if safe else reverse("blauwdruk-list")
