"""What fell short and what was learned, of all blueprints."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.views.generic import ListView

from ..depends import On, depends
from ..models import Blauwdruk, Thema, Verhaal
from ..models.publication import publicatie_q

PAGE_SIZE = 10
MAX_VERHALEN = 3
WITH_LESSONS = ~Q(leerpunten="", aandachtspunten="")


@depends(On.CONTENT | On.CHOICE, query=("thema", "pagina"))
class LessenList(ListView):
    """Lessons and points of attention, the newest first; ?thema= takes those of one theme."""

    template_name = "lessen.html"
    context_object_name = "blauwdrukken"
    page_kwarg = "pagina"
    paginate_by = PAGE_SIZE

    def get_queryset(self) -> QuerySet[Blauwdruk]:
        asked = self.request.GET.get("thema", "").replace("\x00", "")
        self.thema = Thema.objects.filter(slug=asked).first() if asked else None
        self.unknown = asked if asked and not self.thema else ""
        rows = Blauwdruk.objects.published().filter(WITH_LESSONS).newest_first().with_answers(texts=True)
        return rows.filter(themas=self.thema) if self.thema else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        return context | {
            "thema": self.thema,
            "onbekend_thema": self.unknown,
            "themas": _themas_with_lessons(),
            "verhalen": _verhalen(self.thema) if page.number == 1 else (),
            "paginanummers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        }


def _verhalen(thema: Thema | None) -> QuerySet[Verhaal]:
    """Stories of a theme, or of all: people tell there what was hard, in no field of its own."""
    rows = Verhaal.objects.published().newest_first().with_line_facts()
    return (rows.filter(themas=thema) if thema else rows)[:MAX_VERHALEN]


def _themas_with_lessons() -> QuerySet[Thema]:
    has_text = ~Q(blauwdrukken__leerpunten="") | ~Q(blauwdrukken__aandachtspunten="")
    counted = Count("blauwdrukken", filter=publicatie_q("blauwdrukken__") & has_text, distinct=True)
    themas = Thema.objects.exclude(slug="anders").annotate(aantal=counted)
    return themas.filter(aantal__gt=0).order_by("-aantal", "naam")
