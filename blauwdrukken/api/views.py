"""Answers of the API: the filters of the pages, and their rows as data."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import EmptyPage, Paginator
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound, Throttled, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from regios.models import Regio

from ..depends import On, depends
from ..documents.content import data as content_data
from ..documents.content.document import with_all_content
from ..facets import FacetFilter, FacetFilterSet, MaximumFilter
from ..filters import BlauwdrukFilter, ProjectFilter
from ..models import Blauwdruk, Organisatie, Programma, Project, Thema
from ..search.engine import PAGE_SIZE
from ..views.oudadres import oud_adres_response
from .serializers import (
    BlauwdrukDetailSerializer,
    BlauwdrukSerializer,
    FoutSerializer,
    OptieSerializer,
    ProgrammaSerializer,
    ProjectSerializer,
    RegioSerializer,
    ThemaSerializer,
)


def handle_in_dutch(error: Exception, context: dict[str, Any]) -> Response | None:
    """Error as {"fout": sentence}."""
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, (Http404, NotFound)) and (old := oud_adres_response(context["request"])):
        return old
    if isinstance(error, Http404):
        response.data = {"fout": "Dit adres bestaat niet."}
    elif isinstance(error, Throttled):
        response.data = {"fout": "U vraagt te veel tegelijk. Wacht een minuut en probeer het dan opnieuw."}
    elif isinstance(error, APIException):
        response.data = {"fout": " ".join(map(str, error.detail if isinstance(error.detail, list) else [error.detail]))}
    return response


class OpenView(APIView):
    """Read-only, without an account, from any website."""

    authentication_classes = ()
    permission_classes = ()
    renderer_classes = (JSONRenderer,)
    http_method_names = ["get", "head", "options"]

    def get_exception_handler(self) -> Any:
        return handle_in_dutch

    def finalize_response(self, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(*args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"  # open data: a page of another site may read it
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


def describe_filter(filter_: Any) -> str:
    """What a parameter asks, for who programs."""
    if isinstance(filter_, MaximumFilter):
        return f"{filter_.label}: hoogstens dit, of onbekend; bij meer waarden geldt de ruimste."
    return f"{filter_.label}; slug, herhaalbaar."


def list_schema(filterset: type[FacetFilterSet], row_serializer: type[serializers.Serializer], summary: str) -> Any:
    """Description of a list in OpenAPI, read from its filters."""
    parameters = [
        OpenApiParameter(name, str, many=isinstance(f, FacetFilter), description=describe_filter(f))
        for name, f in filterset.base_filters.items()
    ]
    response = inline_serializer(
        f"Lijst{row_serializer.__name__.removesuffix('Serializer')}",
        {
            "aantal": serializers.IntegerField(),
            "volgende": serializers.URLField(allow_null=True),
            "vorige": serializers.URLField(allow_null=True),
            "resultaten": row_serializer(many=True),
            "facetten": serializers.DictField(child=OptieSerializer(many=True)),
        },
    )
    return extend_schema(
        operation_id=f"{row_serializer.__name__.removesuffix('Serializer').lower()}_list",
        summary=summary,
        parameters=[
            *parameters,
            OpenApiParameter("sorteer", enum=list(filterset.orderings)),
            OpenApiParameter("pagina", int, description=f"Pagina van {PAGE_SIZE}, vanaf 1."),
        ],
        responses={200: response, 400: FoutSerializer, 404: FoutSerializer},
    )


class FilteredListView(OpenView):
    """A page of a filtered list with its facets; what the filters do not know is a 400."""

    model: type[Blauwdruk] | type[Project]
    filterset_class: type[FacetFilterSet]

    def get(self, request: Request) -> Response:
        filterset = self.filterset_class(request.GET, self.model.objects.published())
        if filterset.messages:
            raise ValidationError(filterset.messages)
        page = self.get_page(filterset)
        return Response(
            {
                "aantal": page.paginator.count,
                "volgende": self.page_url(page.next_page_number()) if page.has_next() else None,
                "vorige": self.page_url(page.previous_page_number()) if page.has_previous() else None,
                "resultaten": self.serialize_rows(list(page.object_list)),
                "facetten": {
                    facet.parameter: [{"slug": o.value, "naam": o.naam, "aantal": o.count} for o in facet.options]
                    for facet in filterset.facets()
                },
            }
        )

    def get_page(self, filterset: FacetFilterSet) -> Any:
        number = self.request.GET.get("pagina", "1")
        if not (number.isascii() and number.isdecimal()):
            raise ValidationError("Het nummer van de pagina is een geheel getal vanaf 1.")
        try:
            return Paginator(filterset.qs, PAGE_SIZE).page(int(number[:9]))
        except EmptyPage:
            raise NotFound("Deze pagina bestaat niet: de lijst is korter.") from None

    def page_url(self, number: int) -> str:
        query = self.request.GET.copy()
        query["pagina"] = str(number)
        return f"{settings.BASE_URL}{self.request.path}?{query.urlencode()}"

    def serialize_rows(self, rows: list[Any]) -> list[dict[str, Any]]:
        raise NotImplementedError


@depends(On.CONTENT | On.ACCEPT, query=None)
class BlauwdrukList(FilteredListView):
    """Published blueprints, found as the page /blauwdrukken/ finds them."""

    model = Blauwdruk
    filterset_class = BlauwdrukFilter

    @list_schema(BlauwdrukFilter, BlauwdrukSerializer, "Blauwdrukken zoeken en filteren")
    def get(self, request: Request) -> Response:
        return super().get(request)

    def serialize_rows(self, rows: list[Blauwdruk]) -> list[dict[str, Any]]:
        contact = Prefetch("contactorganisatie", Organisatie.objects.with_contact())
        prefetch_related_objects(rows, "themas", "kosten", contact)
        return BlauwdrukSerializer([content_data.short_data(row) for row in rows], many=True).data


@depends(On.CONTENT | On.ACCEPT | On.DAY, query=None)
class BlauwdrukDetail(OpenView):
    """One published blueprint."""

    @extend_schema(
        summary="Eén blauwdruk met alle secties", responses={200: BlauwdrukDetailSerializer, 404: FoutSerializer}
    )
    def get(self, request: Request, slug: str) -> Response:
        blauwdruk = with_all_content(Blauwdruk.objects.published()).filter(slug=slug).first()
        if blauwdruk is None:
            raise NotFound("Deze blauwdruk bestaat niet.")
        return Response(BlauwdrukDetailSerializer(content_data.full_data(blauwdruk)).data)


@depends(On.CONTENT | On.ACCEPT, query=None)
class ProjectList(FilteredListView):
    """Published projects, filtered as the page /projecten/ filters them."""

    model = Project
    filterset_class = ProjectFilter

    @list_schema(ProjectFilter, ProjectSerializer, "Projecten filteren")
    def get(self, request: Request) -> Response:
        return super().get(request)

    def serialize_rows(self, rows: list[Project]) -> list[dict[str, Any]]:
        prefetch_related_objects(rows, "organisatie", Prefetch("blauwdruk", Blauwdruk.objects.published()))
        return ProjectSerializer([content_data.project(row) for row in rows], many=True).data


@depends(On.CONTENT | On.ACCEPT, query=None)
class RegioList(OpenView):
    """The 35 regions with their municipalities."""

    @extend_schema(summary="De 35 arbeidsmarktregio's", responses=RegioSerializer(many=True))
    def get(self, request: Request) -> Response:
        regios: QuerySet[Regio] = Regio.objects.select_related("centrumgemeente").prefetch_related(
            "provincies", "gemeenten"
        )
        return Response(RegioSerializer([content_data.regio(regio) for regio in regios], many=True).data)


@depends(On.CONTENT | On.ACCEPT, query=None)
class ThemaList(OpenView):
    """The themes with the number of published blueprints."""

    @extend_schema(summary="Thema's", responses=ThemaSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(ThemaSerializer([content_data.thema(t) for t in Thema.objects.with_count()], many=True).data)


@depends(On.CONTENT | On.ACCEPT, query=None)
class ProgrammaList(OpenView):
    """The programmes with their goals."""

    @extend_schema(summary="Programma's", responses=ProgrammaSerializer(many=True))
    def get(self, request: Request) -> Response:
        programmas = Programma.objects.with_counts().select_related("herkomst").prefetch_related("doelen")
        return Response(ProgrammaSerializer([content_data.programma(row) for row in programmas], many=True).data)


@depends(On.ACCEPT, query=None)
class Schema(SpectacularJSONAPIView):
    """The description of all this in OpenAPI."""
