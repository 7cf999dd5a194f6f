"""Addresses below /api/v1/, without a slash at the end."""

from django.urls import path

from . import views

urlpatterns = [
    path("blauwdrukken", views.BlauwdrukList.as_view(), name="api-blauwdruk-list"),
    path("blauwdrukken/<slug:slug>", views.BlauwdrukDetail.as_view(), name="api-blauwdruk-detail"),
    path("projecten", views.ProjectList.as_view(), name="api-project-list"),
    path("regios", views.RegioList.as_view(), name="api-regio-list"),
    path("themas", views.ThemaList.as_view(), name="api-thema-list"),
    path("programmas", views.ProgrammaList.as_view(), name="api-programma-list"),
    path("openapi.json", views.Schema.as_view(), name="api-schema"),
]
