"""Addresses of the site and an empty view, the yardstick of the benchmark."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def leeg(request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse("")


urlpatterns = [path("leeg", leeg), path("", include("kennisbank.urls"))]
