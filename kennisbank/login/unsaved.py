"""A text that was sent when nobody was logged in any more comes back, to be sent once more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache

EDIT_VIEWS = {"add", "edit", "revisions_revert"}
LOGGED_OUT = (
    "U bent uitgelogd. Uw laatste tekst is nog niet bewaard. Laat dit scherm open en log in een ander tabblad in."
)
LOGGED_IN_AGAIN = "U hebt opnieuw ingelogd. Uw laatste tekst is nog niet bewaard. Bewaar nog een keer."


def is_from_edit_form(request: HttpRequest) -> bool:
    """Whether this comes from an editing form of our own, and not from a form of another site."""
    url = request.resolver_match
    if request.method != "POST" or url is None or url.url_name not in EDIT_VIEWS:
        return False
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}" and not request.FILES


@never_cache
def unsaved_response(request: HttpRequest) -> HttpResponse:
    """Answer 403 with what was sent, as a page with a button to send it again; the editor's own script hears why."""
    if not request.accepts("text/html"):
        return editor_response(request)
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {"velden": [field for field in fields if field[0] != "csrfmiddlewaretoken"]}
    return render(request, "account/niet_bewaard.html", context, status=403)


def editor_response(request: HttpRequest) -> JsonResponse:
    """Why nothing was saved, in the shape that Wagtail shows; with a token to go on, for who is logged in again."""
    logged_in_again = request.user.is_authenticated
    error = {
        "success": False,
        "error_code": "locked",
        "error_message": LOGGED_IN_AGAIN if logged_in_again else LOGGED_OUT,
    }
    return JsonResponse(error | ({"csrf_token": get_token(request)} if logged_in_again else {}), status=403)
