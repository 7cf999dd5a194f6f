"""Templates in the place of Wagtail's: they still stand there, fill in what is there, and show the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import wagtail
from django.template import Context, Template, engines
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode
from django.test import RequestFactory
from pytest_django.asserts import assertHTMLEqual
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.widgets import AdminSnippetChooser

from blauwdrukken.models import Blauwdruk, Organisatie
from kennisbank.models import User

pytestmark = pytest.mark.once

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NAMES = sorted(str(bestand.relative_to(TEMPLATES)) for bestand in TEMPLATES.glob("**/*.html"))
ASKED_FOR = {"wagtailsnippets/snippets/revisions_compare.html"}  # Wagtail asks for it, and has it for pages only
FROM_WAGTAIL = [naam for naam in NAMES if naam.startswith("wagtail") and naam not in ASKED_FOR]
SCREEN = {"scherm": "wagtailsnippets/snippets/edit.html"}  # where a template builds on what its view names


def wagtail_source(naam: str) -> str:
    """Wagtail's own template of this name."""
    (bestand,) = Path(wagtail.__file__).parent.glob(f"**/templates/{naam}")
    return bestand.read_text()


def parent_of(sjabloon: Template, context: Context) -> Template | None:
    """The template that this one builds on."""
    gevonden = [knoop for knoop in sjabloon.nodelist if isinstance(knoop, ExtendsNode)]
    return gevonden[0].get_parent(context) if gevonden else None


def block_names(sjabloon: Template | None, context: Context) -> set[str]:
    """Names of the blocks of a template and of all that it builds on."""
    if sjabloon is None:
        return set()
    eigen = {
        str(knoop.name) for knoop in sjabloon.nodelist.get_nodes_by_type(BlockNode) if isinstance(knoop, BlockNode)
    }
    return eigen | block_names(parent_of(sjabloon, context), context)


@pytest.mark.parametrize("naam", FROM_WAGTAIL)
def test_wagtail_still_has_the_template_that_ours_stands_in_for(naam: str) -> None:
    assert wagtail_source(naam)


@pytest.mark.parametrize("naam", NAMES)
def test_every_block_that_is_filled_in_is_shown(naam: str) -> None:
    sjabloon: Any = get_template(naam)
    context = Context(SCREEN)
    context.template = sjabloon.template
    basis = parent_of(sjabloon.template, context)
    if basis is None:
        return
    (uitbreiding,) = (knoop for knoop in sjabloon.template.nodelist if isinstance(knoop, ExtendsNode))
    ingevuld = {str(knoop.name) for knoop in uitbreiding.nodelist if isinstance(knoop, BlockNode)}
    assert ingevuld - block_names(basis, context) == set()


@pytest.mark.parametrize(
    ("naam", "context", "woorden"),
    [
        ("tables/boolean_cell", {"value": True}, {"True": "Ja"}),
        ("tables/boolean_cell", {"value": False}, {"False": "Nee"}),
        ("tables/boolean_cell", {"value": None}, {"None": "Onbekend"}),
        ("shared/headers/_actions", {"actions": "Knoppen"}, {"Actions": "Acties"}),
    ],
)
def test_only_the_words_differ_from_wagtail(naam: str, context: dict[str, Any], woorden: dict[str, str]) -> None:
    verwacht = engines["django"].from_string(wagtail_source(f"wagtailadmin/{naam}.html")).render(context)
    for engels, nederlands in woorden.items():
        assert engels in verwacht
        verwacht = verwacht.replace(engels, nederlands)
    assertHTMLEqual(get_template(f"wagtailadmin/{naam}.html").render(context), verwacht)


def form_fields(paneel: Any) -> Iterator[FieldPanel.BoundPanel]:
    """All fields of a form, those of its rows and of its empty rows included."""
    if isinstance(paneel, FieldPanel.BoundPanel):
        yield paneel
    for deel in [*getattr(paneel, "children", []), *filter(None, [getattr(paneel, "empty_child", None)])]:
        yield from form_fields(deel)


def test_a_field_is_drawn_as_wagtail_draws_it(secretary: User, rf: RequestFactory) -> None:
    naam = "wagtailadmin/panels/field_panel.html"
    wagtails = engines["django"].from_string(wagtail_source(naam))
    blauwdruk = Blauwdruk.objects.get(slug="branchestraten")
    handler = Blauwdruk.snippet_viewset._edit_handler
    form = handler.get_form_class()(instance=blauwdruk, for_user=secretary)
    request = rf.get("/")
    request.user = secretary
    gevonden = list(form_fields(handler.get_bound_panel(instance=blauwdruk, request=request, form=form)))
    assert len(gevonden) > 100
    for veld in gevonden:
        context = veld.get_context_data() | {"show_add_comment_button": False}
        assertHTMLEqual(get_template(naam).render(context), wagtails.render(context))


@pytest.mark.parametrize("model", [Organisatie, Blauwdruk])
@pytest.mark.parametrize("verplicht", [True, False])
@pytest.mark.parametrize("gekozen", [{}, {"id": 7, "string": "<b>Zout", "edit_url": "/beheer/7/"}, {"id": 7}], ids=str)
def test_a_chooser_is_drawn_as_wagtail_draws_it(gekozen: dict[str, Any], verplicht: bool, model: Any) -> None:
    kiezer = model.snippet_viewset.chooser_viewset.widget_class()
    kiezer.is_required = verplicht
    gegevens = ("naam", gekozen, {"id": "id_naam", "aria-describedby": "uitleg"})
    wagtails = get_template(AdminSnippetChooser.template_name).render(kiezer.get_context(*gegevens))
    assert kiezer.template_name != AdminSnippetChooser.template_name
    assertHTMLEqual(kiezer.render_html(*gegevens), wagtails.replace(' icon"', '"'))  # a class it has twice
