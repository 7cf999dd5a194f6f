"""What somebody wrote is text on every page, public or not: in no field can it become markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import models
from django.test import Client
from wagtail.snippets.models import get_snippet_models

from blauwdrukken.models import (
    Begrip,
    Bestand,
    Blauwdruk,
    Kerncijfer,
    Kostenpost,
    Misser,
    Opmerking,
    Partij,
    Programma,
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
        if tag == "xss" or any(naam == "onclick" or "xss()" in (waarde or "") for naam, waarde in attrs):
            self.foreign.append(self.get_starttag_text() or tag)


def foreign_markup(html: str) -> list[str]:
    lezer = Elements()
    lezer.feed(html)
    return [*lezer.foreign, *(["script"] if "<script>xss" in html else [])]


def is_free_text(veld: models.Field) -> bool:
    """Whether somebody may write here what they want."""
    vast = isinstance(veld, models.SlugField | models.URLField | models.EmailField | models.FileField)
    return isinstance(veld, models.CharField | models.TextField) and not vast and not veld.choices and veld.editable


def fill(rij: Any, *behalve: str) -> None:
    """Write in every text of this row what should not become markup."""
    for veld in rij._meta.fields:
        if is_free_text(veld) and veld.name not in behalve and (veld.max_length or 99) > len(HARMFUL):
            setattr(rij, veld.name, HARMFUL_HTML if isinstance(veld, CleanRichTextField) else HARMFUL)
    rij.save()


@pytest.fixture
def harmful_blauwdruk() -> Blauwdruk:
    """A public blueprint of which every text and all that it names is filled so; a project and a story with it."""
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    bestand = Bestand.objects.create(title=HARMFUL, file=ContentFile(files.pdf(), name="plan.pdf"))
    regio, thema = Regio.objects.get(slug="twente"), Thema.objects.get(slug="anders")
    blauwdruk.regios, blauwdruk.themas, blauwdruk.landelijk = [regio], [thema], False
    blauwdruk.partijen = [Partij(rol="adviseur", organisatie=blauwdruk.contactorganisatie, toelichting=HARMFUL)]
    blauwdruk.kosten = [
        Kostenpost(omschrijving=HARMFUL, toelichting=HARMFUL, bedrag_van=1, eenheid=eenheid)
        for eenheid in ("totaal", "anders")
    ]
    blauwdruk.kerncijfers = [Kerncijfer(waarde="1", eenheid=HARMFUL, omschrijving=HARMFUL)]
    blauwdruk.voorbeelden = [
        Voorbeeld(titel=HARMFUL),
        Voorbeeld(titel=HARMFUL, url="https://voorbeeld.nl/?a=\"'><xss>"),
    ]
    blauwdruk.werkdocumenten = [
        Werkdocument(titel=HARMFUL, toelichting=HARMFUL),
        Werkdocument(titel=HARMFUL, toelichting=HARMFUL, bestand=bestand),
    ]
    fill(blauwdruk)
    for rij in (blauwdruk.contactorganisatie, regio, thema, regio.gemeenten.first(), blauwdruk.doelgroepen.first()):
        if rij is not None:
            fill(rij, "kaart_label")
    fill(Begrip.objects.get(term="WSP"), "term")
    fill(Begrip(slug="zaal"))
    project = Project(slug="zaal", blauwdruk=blauwdruk)
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
    "/themas/", "/themas/anders/", "/begrippen/", "/regios/?zoek=zaal",
    "/vergelijk/?b=branchestraten&b=talentvol", "/bundel/?b=branchestraten&b=talentvol",
]  # fmt: skip


def test_no_text_becomes_markup_on_a_public_page(client: Client, harmful_blauwdruk: Blauwdruk) -> None:
    assert {naam: foreign_markup(client.get(naam).content.decode()) for naam in PATHS} == {naam: [] for naam in PATHS}
    for pad in (*PATHS[1:8], *PATHS[9:11], *PATHS[-2:]):
        assert "&lt;xss" in client.get(pad).content.decode(), pad


@pytest.mark.parametrize(
    "pad",
    [
        "/blauwdrukken/?zoek={}", "/blauwdrukken/?{}=1", "/blauwdrukken/?thema={}", "/blauwdrukken/?sorteer={}",
        "/projecten/?status={}", "/verhalen/?soort={}", "/regios/?zoek={}", "/vergelijk/?b={}&b=talentvol",
        "/bundel/?b={}&b=talentvol&titel={}&voorwoord={}", "/zoek/suggesties?q={}", "/{}/", "/b/{}",
    ],
)  # fmt: skip
def test_no_address_becomes_markup(client: Client, pad: str) -> None:
    for kwaad in ("%22%27%3E%3Cxss%3E", "zaal%22%27%3E%3Cxss%3E"):
        antwoord = client.get(pad.replace("{}", kwaad), follow=True)
        assert foreign_markup(antwoord.content.decode()) == []


def test_a_reason_for_withdrawal_is_text(client: Client, harmful_blauwdruk: Blauwdruk) -> None:
    from blauwdrukken.beheer.publication.withdraw import withdraw

    withdraw(harmful_blauwdruk, None, HARMFUL)
    antwoord = client.get("/blauwdrukken/branchestraten/")
    assert antwoord.status_code == 410
    assert "Zaal&quot;&#x27;&gt;&lt;xss&gt;" in antwoord.content.decode()
    assert foreign_markup(antwoord.content.decode()) == []


def test_no_text_becomes_markup_in_the_back_office(editor_client: Client, harmful_blauwdruk: Blauwdruk) -> None:
    User.objects.update(first_name=HARMFUL, last_name=HARMFUL)
    user = User.objects.get()
    concept = Blauwdruk.objects.get(pk=harmful_blauwdruk.pk)
    concept.doel = HARMFUL_HTML
    versie = concept.save_revision(user=user, log_action=True)
    Blauwdruk.objects.filter(pk=concept.pk).update(leerpunten=HARMFUL_HTML)  # as if it came in past the form
    concept.get_workflow().start(concept, user)
    Opmerking.objects.create(entry=concept, auteur=user, tekst=HARMFUL)
    Misser.objects.record(HARMFUL.lower())
    paden = ["/beheer/", "/beheer/zoeken/?q=zaal", "/beheer/reports/site-history/", "/beheer/users/"]
    paden.append(f"/beheer/snippets/blauwdrukken/blauwdruk/history/{concept.pk}/revisions/{versie.pk}/view/")
    for model in get_snippet_models():
        lijst = f"/beheer/snippets/{model._meta.app_label}/{model._meta.model_name}/"
        veld = next(veld.name for veld in model._meta.fields if is_free_text(veld))
        rij = model._default_manager.filter(**{f"{veld}__contains": "<xss>"}).first()
        paden += [lijst, f"{lijst}?q=zaal"]
        if rij is not None:
            paden += [f"{lijst}{scherm}/{rij.pk}/" for scherm in ("edit", "inspect", "history", "usage", "delete")]
    antwoorden = {pad: editor_client.get(pad) for pad in paden}
    assert {pad: markup for pad, a in antwoorden.items() if (markup := foreign_markup(a.content.decode()))} == {}
    getoond = [pad for pad, antwoord in antwoorden.items() if "&lt;xss" in antwoord.content.decode()]
    assert len(getoond) > 25


def test_every_kind_of_entry_with_free_text_is_filled_here(harmful_blauwdruk: Blauwdruk) -> None:
    """A new noun joins harmful_blauwdruk; synonyms and programmes are names that editors alone write."""
    for model in get_snippet_models():
        velden = [veld.name for veld in model._meta.fields if is_free_text(veld)]
        gevuld = [model._default_manager.filter(**{f"{veld}__contains": "xss"}).exists() for veld in velden]
        assert any(gevuld) or model in (Synoniem, Programma), model
