"""Addresses of blueprints, projects, stories, regions, themes, terms and files."""

from django.urls import path, re_path

from .views import bestanden, blauwdrukken, bundel, export, feed, keuze, projecten, regios, verhalen
from .views import comparison as vergelijken
from .views import documents as uitvoer
from .views import search as zoeken
from .views import vocabularies as woordenlijsten

urlpatterns = [
    path("blauwdrukken/", blauwdrukken.BlauwdrukList.as_view(), name="blauwdruk-list"),
    path("blauwdrukken.atom", feed.BlauwdrukFeed(), name="blauwdruk-feed"),
    re_path(r"^blauwdrukken\.(?P<formaat>csv|xlsx|json)$", export.lijst_bestand, name="lijst-bestand"),
    path("blauwdrukken/<slug:slug>/", blauwdrukken.BlauwdrukDetail.as_view(), name="blauwdruk-detail"),
    re_path(
        r"^blauwdrukken/(?P<slug>[-a-zA-Z0-9_]+)\.(?P<formaat>pdf|docx|epub)$",
        uitvoer.blauwdruk_bestand,
        name="blauwdruk-bestand",
    ),
    path("blauwdrukken/<slug:slug>.json", uitvoer.blauwdruk_json, name="blauwdruk-json"),
    path(
        "blauwdrukken/<slug:slug>/versies/<int:nummer>/", blauwdrukken.VersieDetail.as_view(), name="blauwdruk-versie"
    ),
    path("b/<int:nummer>", blauwdrukken.kort_adres, name="blauwdruk-kort"),
    path("zoek/suggesties", zoeken.zoek_suggesties, name="zoek-suggesties"),
    path("keuze/", keuze.kies, name="keuze"),
    path("vergelijk/", vergelijken.vergelijk, name="vergelijk"),
    re_path(r"^vergelijk\.(?P<formaat>pdf|docx|xlsx)$", vergelijken.vergelijk_bestand, name="vergelijk-bestand"),
    path("bundel/", bundel.bundel, name="bundel"),
    path("bundel/maken/", bundel.maken, name="bundel-maken"),
    re_path(r"^bundel\.(?P<formaat>pdf|docx|epub|zip)$", bundel.bundel_bestand, name="bundel-bestand"),
    path("projecten/", projecten.ProjectList.as_view(), name="project-list"),
    path("projecten/<slug:slug>/", projecten.ProjectDetail.as_view(), name="project-detail"),
    path("verhalen/", verhalen.VerhaalList.as_view(), name="verhaal-list"),
    path("verhalen/<slug:slug>/", verhalen.VerhaalDetail.as_view(), name="verhaal-detail"),
    path("regios/", regios.regio_list, name="regio-list"),
    path("regios/<slug:slug>/", regios.RegioDetail.as_view(), name="regio-detail"),
    path("themas/", woordenlijsten.ThemaList.as_view(), name="thema-list"),
    path("themas/<slug:slug>/", woordenlijsten.ThemaDetail.as_view(), name="thema-detail"),
    path("begrippen/", woordenlijsten.BegripList.as_view(), name="begrippen"),
    # Wagtail asks for the address of a document by this name.
    path("documenten/<int:pk>/<str:naam>", bestanden.document, name="wagtaildocs_serve"),
    path("media/<path:pad>", bestanden.afbeelding, name="afbeelding"),
]
