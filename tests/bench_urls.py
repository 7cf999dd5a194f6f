"""Addresses of the site and an empty view, the yardstick of the benchmark."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse("")


urlpatterns = [path("leeg", empty), path("", include("kennisbank.urls"))]
