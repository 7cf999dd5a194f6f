"""Addresses of the search, blueprints, projects, stories, regions, themes, programmes, terms and files."""

from django.urls import path, re_path

from .documents.formats.table import Subject, pattern
from .throttle import limited
from .views import (
    bestanden,
    blauwdrukken,
    bundel,
    comparison,
    documents,
    export,
    feed,
    keuze,
    lessen,
    programmas,
    projecten,
    regios,
    search,
    verhalen,
    vocabularies,
)

documenten = limited("documenten")
zoeken = limited("zoeken", lambda request: bool(request.GET.get("zoek")))

urlpatterns = [
    path("blauwdrukken/", zoeken(blauwdrukken.BlauwdrukList.as_view()), name="blauwdruk-list"),
    path("blauwdrukken.atom", feed.BlauwdrukFeed(), name="blauwdruk-feed"),
    re_path(
        rf"^blauwdrukken\.(?P<extension>{pattern(Subject.LIJST)})$", documenten(export.list_file), name="lijst-bestand"
    ),
    path("blauwdrukken/<slug:slug>/", blauwdrukken.BlauwdrukDetail.as_view(), name="blauwdruk-detail"),
    path("blauwdrukken/<slug:slug>.json", documents.blauwdruk_json, name="blauwdruk-json"),
    re_path(
        rf"^blauwdrukken/(?P<slug>[-a-zA-Z0-9_]+)\.(?P<extension>{pattern(Subject.BLAUWDRUK)})$",
        documenten(documents.blauwdruk_file),
        name="blauwdruk-bestand",
    ),
    path(
        "blauwdrukken/<slug:slug>/versies/<int:nummer>/", blauwdrukken.VersieDetail.as_view(), name="blauwdruk-versie"
    ),
    path("b/<int:nummer>", blauwdrukken.short_link, name="blauwdruk-kort"),
    path("zoeken/", zoeken(search.search_everything), name="zoeken"),
    path("zoek/suggesties", limited("suggesties")(search.search_suggestions), name="zoek-suggesties"),
    path("keuze/", limited("keuzes")(keuze.choose), name="keuze"),
    path("vergelijk/", comparison.compare, name="vergelijk"),
    re_path(
        rf"^vergelijk\.(?P<extension>{pattern(Subject.VERGELIJKING)})$",
        documenten(comparison.comparison_file),
        name="vergelijk-bestand",
    ),
    path("bundel/", bundel.bundel, name="bundel"),
    path("bundel/maken/", bundel.bundel_progress, name="bundel-maken"),
    re_path(rf"^bundel\.(?P<extension>{pattern(Subject.BUNDEL)})$", documenten(bundel.download), name="bundel-bestand"),
    path("projecten/", zoeken(projecten.ProjectList.as_view()), name="project-list"),
    path("projecten/<slug:slug>/", projecten.ProjectDetail.as_view(), name="project-detail"),
    path("verhalen/", zoeken(verhalen.VerhaalList.as_view()), name="verhaal-list"),
    path("verhalen/<slug:slug>/", verhalen.VerhaalDetail.as_view(), name="verhaal-detail"),
    path("regios/", regios.regio_list, name="regio-list"),
    path("regios/<slug:slug>/", regios.RegioDetail.as_view(), name="regio-detail"),
    path("themas/", vocabularies.ThemaList.as_view(), name="thema-list"),
    path("themas/<slug:slug>/", vocabularies.ThemaDetail.as_view(), name="thema-detail"),
    path("wat-tegenviel/", lessen.LessenList.as_view(), name="lessen"),
    path("programmas/", programmas.ProgrammaList.as_view(), name="programma-list"),
    path("programmas/<slug:slug>/", programmas.ProgrammaDetail.as_view(), name="programma-detail"),
    path("begrippen/", vocabularies.BegripList.as_view(), name="begrippen"),
    # Wagtail asks for the address of a document by this name.
    path("documenten/<int:pk>/<str:naam>", bestanden.document, name="wagtaildocs_serve"),
    path("media/<path:pad>", bestanden.afbeelding, name="afbeelding"),
]
