"""What the search field asks while somebody types in it."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ..depends import On, depends
from ..search.gateway import gateway
from ..search.suggestions import suggest


@depends(On.NEVER)
@require_safe
@cache_control(private=True, max_age=60)
def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Suggestions for what was typed so far (?q=): {"suggesties": [{"tekst", "soort", "url"}]}."""
    found = suggest(gateway().engine(), request.GET.get("q", ""))
    return JsonResponse({"suggesties": [asdict(suggestion) for suggestion in found]})
