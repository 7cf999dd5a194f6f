"""List and detail of blueprints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from regios.models import Regio, fold

from ..depends import On, depends
from ..documents.content.document import with_all_content
from ..filters import BlauwdrukFilter
from ..map import map_with_chosen
from ..models import Blauwdruk, Misser, Project, Verhaal, Versie
from ..models.blauwdruk import FilledSectie
from ..search.gateway import gateway
from ..search.remember import per_state
from ..search.results import related_blauwdrukken
from ..secties import Groep
from .facet_list import FacetList
from .oudadres import withdrawn_versie

VERSIE_FIELDS = ("nummer", "datum", "wat_veranderd", "blauwdruk__slug")  # what a page shows of each of its versions


@depends(On.CONTENT | On.CHOICE, query=None)
class BlauwdrukList(FacetList):
    """Blueprints with facets and search."""

    model = Blauwdruk
    filterset_class = BlauwdrukFilter
    template_name = "blauwdrukken/list.html"
    context_object_name = "blauwdrukken"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        zoek, response = self.filterset.data.get("zoek", ""), self.filterset.qs.response
        if zoek and not context["page_obj"].has_previous() and (response.query.unknown or not response.total):
            Misser.objects.record(fold(zoek))
        return context | {
            "zoek": zoek,
            "antwoord": response,
            "verder": None if response.total else self.filterset,
            "regios_bij_zoek": Regio.objects.at_place(zoek) if zoek else (),
        }


@dataclass(frozen=True)
class SectieGroup:
    """Sections of one part of the format."""

    name: str
    secties: list[FilledSectie]


def in_groups(secties: Iterable[FilledSectie]) -> list[SectieGroup]:
    """The sections by part of the format, which stand apart there: what is about money and agreements together."""
    groups = {groep: SectieGroup(groep.value, []) for groep in Groep}
    for filled in secties:
        groups[filled.sectie.groep].secties.append(filled)
    return [group for group in groups.values() if group.secties]


@depends(On.CONTENT | On.CHOICE | On.DAY)
class BlauwdrukDetail(DetailView):
    """One blueprint with all that is known of it."""

    template_name = "blauwdrukken/detail.html"
    context_object_name = "blauwdruk"

    def get_object(self, queryset: Any = None) -> Blauwdruk:
        blauwdruk = article(self.kwargs["slug"])
        if not blauwdruk.is_public:
            raise Http404
        return blauwdruk

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        blauwdruk = self.object
        projecten, verhalen = ([entry for entry in entries if entry.is_public] for entries in around(blauwdruk.pk))
        regios = {regio for entry in (blauwdruk, *projecten) for regio in entry.regios.all()}
        return super().get_context_data(**kwargs) | {
            "groepen": in_groups(blauwdruk.filled_secties()),
            "projecten": projecten,
            "verhalen": verhalen,
            "kaart": map_with_chosen(regios) if projecten else None,
            "toegepast_in": sorted(regios, key=lambda regio: regio.naam),
            "verwant": related_blauwdrukken(gateway().engine(), blauwdruk, 3),
            "versies": self.versies(),
        }

    def versies(self) -> list[Versie]:
        """Versions that a reader may open, the newest first."""
        return readable_versies(self.object.pk)


@per_state
def article(slug: str) -> Blauwdruk:
    """A published blueprint with all that its page shows; Http404 when there is none."""
    return get_object_or_404(with_all_content(Blauwdruk.objects.published()), slug=slug)


@per_state
def around(pk: int) -> tuple[list[Project], list[Verhaal]]:
    """Projects and stories that name this blueprint, with what a line on its page shows."""
    projecten = Project.objects.published().filter(blauwdruk=pk).with_facts()
    verhalen = Verhaal.objects.published().filter(blauwdrukken=pk).newest_first().with_line_facts()
    return list(projecten), list(verhalen)


@per_state
def readable_versies(pk: int) -> list[Versie]:
    """Versions of this blueprint that were not withdrawn, the newest first."""
    return list(Versie.objects.filter(blauwdruk=pk).readable().select_related("blauwdruk").only(*VERSIE_FIELDS))


@depends(On.CONTENT | On.CHOICE | On.DAY)
class VersieDetail(BlauwdrukDetail):
    """A blueprint as it was published before, for as long as it is public."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        blauwdruk = get_object_or_404(Blauwdruk.objects.published(), slug=kwargs["slug"])
        self.versie = get_object_or_404(blauwdruk.versies.select_related("revision"), nummer=kwargs["nummer"])
        if self.versie.ingetrokken_op:
            return withdrawn_versie(request, self.versie)
        if self.versie.revision_id == blauwdruk.live_revision_id:
            return redirect(blauwdruk)
        response = super().get(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    def get_object(self, queryset: Any = None) -> Blauwdruk:
        then = self.versie.revision.as_object()
        prefetch_related_objects(then.partijen.all(), "organisatie")
        return then

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = self.versie.blauwdruk
        return super().get_context_data(**kwargs) | {
            "versie": self.versie,
            "nieuwste": newest,
            "canoniek": settings.BASE_URL + newest.get_absolute_url(),
        }


@depends(On.NEVER)
@require_safe
def short_link(request: HttpRequest, nummer: int) -> HttpResponse:
    """Short link to a blueprint by its number."""
    return redirect(get_object_or_404(Blauwdruk.objects.published(), nummer=nummer))
