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
FROM_WAGTAIL = [name for name in NAMES if name.startswith("wagtail") and name not in ASKED_FOR]
SCREEN = {"scherm": "wagtailsnippets/snippets/edit.html"}  # where a template builds on what its view names


def wagtail_source(name: str) -> str:
    """Wagtail's own template of this name."""
    (bestand,) = Path(wagtail.__file__).parent.glob(f"**/templates/{name}")
    return bestand.read_text()


def parent_of(template: Template, context: Context) -> Template | None:
    """The template that this one builds on."""
    found = [node for node in template.nodelist if isinstance(node, ExtendsNode)]
    return found[0].get_parent(context) if found else None


def block_names(template: Template | None, context: Context) -> set[str]:
    """Names of the blocks of a template and of all that it builds on."""
    if template is None:
        return set()
    own = {str(node.name) for node in template.nodelist.get_nodes_by_type(BlockNode) if isinstance(node, BlockNode)}
    return own | block_names(parent_of(template, context), context)


@pytest.mark.parametrize("naam", FROM_WAGTAIL)
def test_wagtail_still_has_the_template_that_ours_stands_in_for(naam: str) -> None:
    assert wagtail_source(naam)


@pytest.mark.parametrize("naam", NAMES)
def test_every_block_that_is_filled_in_is_shown(naam: str) -> None:
    template: Any = get_template(naam)
    context = Context(SCREEN)
    context.template = template.template
    base = parent_of(template.template, context)
    if base is None:
        return
    (uitbreiding,) = (node for node in template.template.nodelist if isinstance(node, ExtendsNode))
    filled_in = {str(node.name) for node in uitbreiding.nodelist if isinstance(node, BlockNode)}
    assert filled_in - block_names(base, context) == set()


@pytest.mark.parametrize(
    ("naam", "context", "words"),
    [
        ("tables/boolean_cell", {"value": True}, {"True": "Ja"}),
        ("tables/boolean_cell", {"value": False}, {"False": "Nee"}),
        ("tables/boolean_cell", {"value": None}, {"None": "Onbekend"}),
        ("shared/headers/_actions", {"actions": "Knoppen"}, {"Actions": "Acties"}),
    ],
)
def test_only_the_words_differ_from_wagtail(naam: str, context: dict[str, Any], words: dict[str, str]) -> None:
    expected = engines["django"].from_string(wagtail_source(f"wagtailadmin/{naam}.html")).render(context)
    for english, dutch in words.items():
        assert english in expected
        expected = expected.replace(english, dutch)
    assertHTMLEqual(get_template(f"wagtailadmin/{naam}.html").render(context), expected)


def form_fields(panel: Any) -> Iterator[FieldPanel.BoundPanel]:
    """All fields of a form, those of its rows and of its empty rows included."""
    if isinstance(panel, FieldPanel.BoundPanel):
        yield panel
    for part in [*getattr(panel, "children", []), *filter(None, [getattr(panel, "empty_child", None)])]:
        yield from form_fields(part)


def test_a_field_is_drawn_as_wagtail_draws_it(secretary: User, rf: RequestFactory) -> None:
    name = "wagtailadmin/panels/field_panel.html"
    wagtails = engines["django"].from_string(wagtail_source(name))
    blauwdruk = Blauwdruk.objects.get(slug="branchestraten")
    handler = Blauwdruk.snippet_viewset._edit_handler
    form = handler.get_form_class()(instance=blauwdruk, for_user=secretary)
    request = rf.get("/")
    request.user = secretary
    found = list(form_fields(handler.get_bound_panel(instance=blauwdruk, request=request, form=form)))
    assert len(found) > 100
    for field in found:
        context = field.get_context_data() | {"show_add_comment_button": False}
        assertHTMLEqual(get_template(name).render(context), wagtails.render(context))


@pytest.mark.parametrize("model", [Organisatie, Blauwdruk])
@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("chosen", [{}, {"id": 7, "string": "<b>Zout", "edit_url": "/beheer/7/"}, {"id": 7}], ids=str)
def test_a_chooser_is_drawn_as_wagtail_draws_it(chosen: dict[str, Any], required: bool, model: Any) -> None:
    chooser = model.snippet_viewset.chooser_viewset.widget_class()
    chooser.is_required = required
    data = ("naam", chosen, {"id": "id_naam", "aria-describedby": "uitleg"})
    wagtails = get_template(AdminSnippetChooser.template_name).render(chooser.get_context(*data))
    assert chooser.template_name != AdminSnippetChooser.template_name
    assertHTMLEqual(chooser.render_html(*data), wagtails.replace(' icon"', '"'))  # a class it has twice
