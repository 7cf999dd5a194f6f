"""Every public address the project knows, filled in, and the words of whatever it answers.

A new pattern in the urls fails test_doors.py until DOORS says how it is filled in.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from blauwdrukken.models import AfbeeldingRendition, Bestand, Blauwdruk, Project, Thema, Verhaal
from kennisbank.models import Pagina
from regios.models import Regio
from tests.public_paths import links

# Every hidden text holds both words; addresses hold only the first, for an error page repeats its address.
CANARY, SECRET = "kanariepiet", "kwakzilverberg"
INSIDE = ("beheer/", "account/")
BINARY = (".pdf", ".docx", ".epub", ".xlsx", ".zip", ".csv", ".json", ".atom")

FillRoute = Callable[[str], list[str]]


def fixed_url(route: str) -> list[str]:
    """An address without arguments."""
    return [f"/{route}"]


def list_urls(route: str) -> list[str]:
    """A list: bare, in another order and searched."""
    return [f"/{route}{vraag}" for vraag in ("", "?sorteer=titel", f"?zoek={CANARY}", f"?zoek={CANARY[:6]}")]


def with_query(parameter: str) -> FillRoute:
    """A page that answers one question."""
    return lambda route: [f"/{route}", f"/{route}?{parameter}={CANARY}", f"/{route}?{parameter}={CANARY[:5]}"]


def per_row(model: type[Model], veld: str = "slug") -> FillRoute:
    """One address for each hidden row and for a public one."""

    def vul(route: str) -> list[str]:
        begin, _, rest = route.partition("<")
        return [f"/{begin}{getattr(rij, veld)}{rest.partition('>')[2]}" for rij in canary_rows(model)]

    return vul


def keuze_urls(route: str) -> list[str]:
    """A page about several blueprints, a hidden one among them."""
    slugs = [rij.slug for rij in canary_rows(Blauwdruk)]
    openbaar = list(Blauwdruk.objects.published().values_list("slug", flat=True)[:2])
    return [f"/{route}", *(f"/{route}?b={slug}&b={openbaar[0]}&b={openbaar[1]}" for slug in slugs)]


def canary_rows(model: type[Any]) -> list[Any]:
    """Rows that hold the canary, and one other."""
    alle = model._default_manager.order_by("pk")
    return [*alle.filter(slug__contains=CANARY), alle.exclude(slug__contains=CANARY)[0]]


def document_urls(route: str) -> list[str]:
    return [bestand.url for bestand in Bestand.objects.all()]


def afbeelding_urls(route: str) -> list[str]:
    bestanden = [bestand.file.url for bestand in Bestand.objects.all()]
    return [maat.url for maat in AfbeeldingRendition.objects.all()] + bestanden


DOORS: dict[str, FillRoute] = {
    "": fixed_url,
    "healthz": fixed_url,
    "readyz": fixed_url,
    "robots.txt": fixed_url,
    "sitemap.xml": fixed_url,
    "<slug:slug>/": per_row(Pagina),
    "blauwdrukken/": list_urls,
    "blauwdrukken.atom": list_urls,
    r"^blauwdrukken\.(?P<formaat>xlsx|csv|json)$": lambda r: [
        adres for soort in ("csv", "xlsx", "json") for adres in list_urls(f"blauwdrukken.{soort}")
    ],
    "blauwdrukken/<slug:slug>/": per_row(Blauwdruk),
    r"^blauwdrukken/(?P<slug>[-a-zA-Z0-9_]+)\.(?P<formaat>pdf|docx|epub|json)$": lambda r: [
        f"/blauwdrukken/{rij.slug}.{soort}"
        for rij in canary_rows(Blauwdruk)
        for soort in ("pdf", "docx", "epub", "json")
    ],
    "blauwdrukken/<slug:slug>.json": per_row(Blauwdruk),
    "blauwdrukken/<slug:slug>/versies/<int:nummer>/": lambda r: [
        f"/blauwdrukken/{rij.slug}/versies/{nummer}/" for rij in canary_rows(Blauwdruk) for nummer in (1, 2)
    ],
    "keuze/": fixed_url,
    "vergelijk/": keuze_urls,
    r"^vergelijk\.(?P<formaat>pdf|docx|xlsx)$": lambda r: [
        adres for soort in ("pdf", "docx", "xlsx") for adres in keuze_urls(f"vergelijk.{soort}")
    ],
    "bundel/": keuze_urls,
    "bundel/maken/": keuze_urls,
    r"^bundel\.(?P<formaat>pdf|docx|epub|zip)$": lambda r: [
        adres for soort in ("pdf", "docx", "epub", "zip") for adres in keuze_urls(f"bundel.{soort}")
    ],
    "b/<int:nummer>": per_row(Blauwdruk, "nummer"),
    "zoek/suggesties": with_query("q"),
    "projecten/": list_urls,
    "projecten/<slug:slug>/": per_row(Project),
    "verhalen/": list_urls,
    "verhalen/<slug:slug>/": per_row(Verhaal),
    "regios/": with_query("zoek"),
    "regios/<slug:slug>/": per_row(Regio),
    "themas/": fixed_url,
    "themas/<slug:slug>/": per_row(Thema),
    "begrippen/": fixed_url,
    "documenten/<int:pk>/<str:naam>": document_urls,
    "media/<path:pad>": afbeelding_urls,
    "api/v1/blauwdrukken": list_urls,
    "api/v1/blauwdrukken/<slug:slug>": per_row(Blauwdruk),
    "api/v1/projecten": list_urls,
    "api/v1/regios": fixed_url,
    "api/v1/themas": fixed_url,
    "api/v1/openapi.json": fixed_url,
}


def route_patterns(patronen_: Any = None, begin: str = "") -> Iterator[str]:
    """Routes of all addresses outside the back office."""
    for patroon in patronen_ if patronen_ is not None else get_resolver().url_patterns:
        route = begin + str(patroon.pattern)
        if isinstance(patroon, URLResolver) and route not in INSIDE:
            yield from route_patterns(patroon.url_patterns, route)
        elif isinstance(patroon, URLPattern) and not route.startswith(INSIDE):
            yield route


@dataclass(frozen=True)
class DoorResponse:
    """What came back, with all its words in lower case."""

    status: int
    text: str
    etag: str

    def reveals(self, adres: str) -> bool:
        """Whether it tells something that the address did not."""
        return SECRET in self.text or (CANARY not in adres and CANARY in self.text)


def fetch(client: Client, adres: str, **koppen: str) -> DoorResponse:
    antwoord = client.get(adres, headers=koppen)
    kop = "\n".join(f"{naam}: {waarde}" for naam, waarde in antwoord.items())
    woorden = f"{kop}\n{text_of(content_of(antwoord), antwoord.get('Content-Type', ''))}"
    return DoorResponse(antwoord.status_code, woorden.lower(), antwoord.get("ETag", ""))


def content_of(antwoord: Any) -> bytes:
    """All bytes of an answer; reading a file to its end also closes it."""
    return b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content


def text_of(inhoud: bytes, soort: str = "") -> str:
    """All words in a file, by its first bytes: also of PDF, Word, EPUB, spreadsheets and archives of these."""
    if inhoud.startswith(b"%PDF"):
        return _pdf_text(inhoud)
    if inhoud.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(inhoud)) as archief:
            return "\n".join(f"{deel.filename}\n{text_of(archief.read(deel))}" for deel in archief.infolist())
    ruw = inhoud.decode("utf-8", "replace")
    return json.dumps(json.loads(ruw), ensure_ascii=False) if "json" in soort and ruw else ruw


def _pdf_text(inhoud: bytes) -> str:
    with pypdfium2.PdfDocument(inhoud) as document:
        delen = [str(document.get_metadata_dict())]
        for nummer in range(len(document)):
            pagina = document[nummer]
            regels = pagina.get_textpage()
            # A word that is broken off at the end of a line is one word.
            delen.append(regels.get_text_range().replace("\ufffe", "").replace("-\r\n", "").replace("\u00ad", ""))
            regels.close()
            pagina.close()
    return "\n".join(delen)


def visit_everything(client: Client) -> dict[str, DoorResponse]:
    """Answer of every address: all patterns filled in, the sitemap, and what their pages link to."""
    gezien: dict[str, DoorResponse] = {}
    wachtrij = [adres for route in route_patterns() for adres in DOORS[route](route)]
    while wachtrij:
        adres = wachtrij.pop()
        if adres in gezien:
            continue
        gezien[adres] = antwoord = fetch(client, adres)
        if "text/html" in antwoord.text[:400]:
            wachtrij += [doel for doel in links(adres, antwoord.text) if _should_follow(doel)]
    return gezien


def _should_follow(doel: str) -> bool:
    """Pages only: files are asked for by their pattern, for a few rows."""
    delen = urlsplit(doel)
    return not delen.query and not delen.path.endswith(BINARY) and not delen.path[1:].startswith(INSIDE)
