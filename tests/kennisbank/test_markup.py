"""What somebody wrote is text on every page, public or not: in no field can it become markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import models
from django.test import Client
from django.utils import timezone
from wagtail.snippets.models import get_snippet_models

from blauwdrukken.models import (
    Begrip,
    Bestand,
    Bewijs,
    Blauwdruk,
    Citaat,
    Kerncijfer,
    Kostenpost,
    Misser,
    Opmerking,
    Partij,
    Programma,
    Programmadoel,
    Project,
    Synoniem,
    Thema,
    Verhaal,
    Voorbeeld,
    Werkdocument,
)
from blauwdrukken.models.rich_text import CleanRichTextField
from kennisbank.models import Pagina, User
from regios.models import Regio
from tests.uploads import files

pytestmark = pytest.mark.once

# Ends an attribute in either kind of quotes, and then begins an element.
HARMFUL = "Zaal\"'><xss>"
HARMFUL_HTML = (
    '<p onclick="xss()">Zaal <xss>WSP</xss><a href="javascript:xss()">y</a> &lt;xss&gt;</p><script>xss()</script>'
)


class Elements(HTMLParser):
    """Elements and attributes that nobody of this project wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "xss" or any(name == "onclick" or "xss()" in (value or "") for name, value in attrs):
            self.foreign.append(self.get_starttag_text() or tag)


def foreign_markup(html: str) -> list[str]:
    reader = Elements()
    reader.feed(html)
    return [*reader.foreign, *(["script"] if "<script>xss" in html else [])]


def is_free_text(field: models.Field) -> bool:
    """Whether somebody may write here what they want."""
    fixed = isinstance(field, models.SlugField | models.URLField | models.EmailField | models.FileField)
    return isinstance(field, models.CharField | models.TextField) and not fixed and not field.choices and field.editable


def fill(row: Any, *except_for: str) -> None:
    """Write in every text of this row what should not become markup."""
    for field in row._meta.fields:
        if is_free_text(field) and field.name not in except_for and (field.max_length or 99) > len(HARMFUL):
            setattr(row, field.name, HARMFUL_HTML if isinstance(field, CleanRichTextField) else HARMFUL)
    row.save()


@pytest.fixture
def harmful_blauwdruk() -> Blauwdruk:
    """A public blueprint of which every text and all that it names is filled so; a project and a story with it."""
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    file = Bestand.objects.create(title=HARMFUL, file=ContentFile(files.pdf(), name="plan.pdf"))
    regio, thema = Regio.objects.get(slug="twente"), Thema.objects.get(slug="anders")
    blauwdruk.regios, blauwdruk.themas, blauwdruk.landelijk = [regio], [thema], False
    blauwdruk.partijen = [Partij(rol="adviseur", organisatie=blauwdruk.contactorganisatie, toelichting=HARMFUL)]
    blauwdruk.kosten = [
        Kostenpost(omschrijving=HARMFUL, toelichting=HARMFUL, bedrag_van=1, eenheid=eenheid)
        for eenheid in ("totaal", "anders")
    ]
    blauwdruk.bewijzen = [Bewijs(niveau="geevalueerd", door=HARMFUL, grond=HARMFUL)]
    blauwdruk.kerncijfers = [Kerncijfer(waarde="1", eenheid=HARMFUL, omschrijving=HARMFUL)]
    blauwdruk.citaten = [Citaat(tekst=HARMFUL, functie=HARMFUL, herkomst=blauwdruk.herkomst, jaar=2020)]
    blauwdruk.voorbeelden = [
        Voorbeeld(titel=HARMFUL),
        Voorbeeld(titel=HARMFUL, url="https://voorbeeld.nl/?a=\"'><xss>"),
    ]
    blauwdruk.werkdocumenten = [
        Werkdocument(titel=HARMFUL, toelichting=HARMFUL),
        Werkdocument(titel=HARMFUL, toelichting=HARMFUL, bestand=file),
    ]
    fill(blauwdruk)
    places = (regio, regio.gemeenten.first())
    for row in (blauwdruk.contactorganisatie, blauwdruk.herkomst, thema, blauwdruk.doelgroepen.first(), *places):
        if row is not None:
            fill(row, "kaart_label")
    fill(Begrip.objects.get(term="WSP"), "term")
    fill(Begrip(slug="zaal"))
    programma = Programma(slug="zaal")
    fill(programma)
    doel = Programmadoel(slug="zaal", programma=programma)
    fill(doel)
    project = Project(slug="zaal", blauwdruk=blauwdruk, programma=programma, programmadoel=doel)
    blauwdruk.programma = programma
    verhaal = Verhaal(slug="zaal", organisatie=blauwdruk.contactorganisatie)
    project.regios = verhaal.regios = [regio]
    verhaal.blauwdrukken, verhaal.themas = [blauwdruk], [thema]
    for entry in (project, verhaal, Pagina(slug="zaal"), blauwdruk):
        fill(entry)
        entry.save_revision().publish()
    return Blauwdruk.objects.get(nummer=4)


PATHS = [
    "/", "/blauwdrukken/", "/blauwdrukken/?zoek=zaal", "/blauwdrukken/?zoek=zaal&thema=anders", "/projecten/",
    "/blauwdrukken/branchestraten/", "/projecten/zaal/", "/verhalen/", "/verhalen/zaal/", "/zaal/", "/regios/twente/",
    "/themas/", "/themas/anders/", "/begrippen/", "/programmas/", "/programmas/zaal/", "/regios/?zoek=zaal",
    "/vergelijk/?b=branchestraten&b=talentvol", "/bundel/?b=branchestraten&b=talentvol",
]  # fmt: skip


def test_no_text_becomes_markup_on_a_public_page(client: Client, harmful_blauwdruk: Blauwdruk) -> None:
    assert {name: foreign_markup(client.get(name).content.decode()) for name in PATHS} == {name: [] for name in PATHS}
    for path in (*PATHS[1:8], *PATHS[9:11], *PATHS[-2:]):
        assert "&lt;xss" in client.get(path).content.decode(), path


@pytest.mark.parametrize(
    "path",
    [
        "/blauwdrukken/?zoek={}", "/blauwdrukken/?{}=1", "/blauwdrukken/?thema={}", "/blauwdrukken/?sorteer={}",
        "/projecten/?status={}", "/verhalen/?soort={}", "/regios/?zoek={}", "/vergelijk/?b={}&b=talentvol",
        "/bundel/?b={}&b=talentvol&titel={}&voorwoord={}", "/zoek/suggesties?q={}", "/{}/", "/b/{}",
    ],
)  # fmt: skip
def test_no_address_becomes_markup(client: Client, path: str) -> None:
    for hostile in ("%22%27%3E%3Cxss%3E", "zaal%22%27%3E%3Cxss%3E"):
        response = client.get(path.replace("{}", hostile), follow=True)
        assert foreign_markup(response.content.decode()) == []


def test_a_reason_for_withdrawal_is_text(client: Client, harmful_blauwdruk: Blauwdruk) -> None:
    from blauwdrukken.beheer.publication.withdraw import withdraw

    withdraw(harmful_blauwdruk, None, HARMFUL)
    response = client.get("/blauwdrukken/branchestraten/")
    assert response.status_code == 410
    assert "Zaal&quot;&#x27;&gt;&lt;xss&gt;" in response.content.decode()
    assert foreign_markup(response.content.decode()) == []


def test_no_text_becomes_markup_in_the_back_office(editor_client: Client, harmful_blauwdruk: Blauwdruk) -> None:
    User.objects.update(first_name=HARMFUL, last_name=HARMFUL)
    user = User.objects.get()
    draft = Blauwdruk.objects.get(pk=harmful_blauwdruk.pk)
    draft.doel = HARMFUL_HTML
    versie = draft.save_revision(user=user, log_action=True)
    Blauwdruk.objects.filter(pk=draft.pk).update(leerpunten=HARMFUL_HTML)  # as if it came in past the form
    draft.get_workflow().start(draft, user)
    Opmerking.objects.create(entry=draft, auteur=user, tekst=HARMFUL)
    Misser.objects.add_up(HARMFUL.lower(), timezone.localdate(), 1)
    paths = ["/beheer/", "/beheer/zoeken/?q=zaal", "/beheer/reports/site-history/", "/beheer/users/"]
    paths.append(f"/beheer/snippets/blauwdrukken/blauwdruk/history/{draft.pk}/revisions/{versie.pk}/view/")
    for model in get_snippet_models():
        listing = f"/beheer/snippets/{model._meta.app_label}/{model._meta.model_name}/"
        field = next(field.name for field in model._meta.fields if is_free_text(field))
        row = model._default_manager.filter(**{f"{field}__contains": "<xss>"}).first()
        paths += [listing, f"{listing}?q=zaal"]
        if row is not None:
            paths += [f"{listing}{screen}/{row.pk}/" for screen in ("edit", "inspect", "history", "usage", "delete")]
    responses = {path: editor_client.get(path) for path in paths}
    assert {path: markup for path, a in responses.items() if (markup := foreign_markup(a.content.decode()))} == {}
    shown = [path for path, response in responses.items() if "&lt;xss" in response.content.decode()]
    assert len(shown) > 25


def test_every_kind_of_entry_with_free_text_is_filled_here(harmful_blauwdruk: Blauwdruk) -> None:
    """A new noun joins harmful_blauwdruk; synonyms are words that editors alone write."""
    for model in get_snippet_models():
        fields = [field.name for field in model._meta.fields if is_free_text(field)]
        filled = [model._default_manager.filter(**{f"{field}__contains": "xss"}).exists() for field in fields]
        assert any(filled) or model is Synoniem, model
