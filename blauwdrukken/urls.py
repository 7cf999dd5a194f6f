"""Addresses of blueprints, projects, regions, themes and terms."""

from django.urls import path

from .views import blauwdrukken, feed, projecten, regios, woordenlijsten, zoeken

urlpatterns = [
    path("blauwdrukken/", blauwdrukken.BlauwdrukList.as_view(), name="blauwdruk-list"),
    path("blauwdrukken.atom", feed.BlauwdrukFeed(), name="blauwdruk-feed"),
    path("blauwdrukken/<slug:slug>/", blauwdrukken.BlauwdrukDetail.as_view(), name="blauwdruk-detail"),
    path("b/<int:nummer>", blauwdrukken.kort_adres, name="blauwdruk-kort"),
    path("zoek/suggesties", zoeken.zoek_suggesties, name="zoek-suggesties"),
    path("projecten/", projecten.ProjectList.as_view(), name="project-list"),
    path("projecten/<slug:slug>/", projecten.ProjectDetail.as_view(), name="project-detail"),
    path("regios/", regios.regio_list, name="regio-list"),
    path("regios/<slug:slug>/", regios.RegioDetail.as_view(), name="regio-detail"),
    path("themas/", woordenlijsten.ThemaList.as_view(), name="thema-list"),
    path("themas/<slug:slug>/", woordenlijsten.ThemaDetail.as_view(), name="thema-detail"),
    path("begrippen/", woordenlijsten.BegripList.as_view(), name="begrippen"),
]
