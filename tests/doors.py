"""Every public address the project knows, filled in, and the words of whatever it answers.

A new pattern in the urls fails test_deuren.py until DEUREN says how it is filled in.
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
KANARIE, GEHEIM = "kanariepiet", "kwakzilverberg"
BINNEN = ("beheer/", "account/")
BINAIR = (".pdf", ".docx", ".epub", ".xlsx", ".zip", ".csv", ".json", ".atom")

Vul = Callable[[str], list[str]]


def vast(route: str) -> list[str]:
    """An address without arguments."""
    return [f"/{route}"]


def lijst(route: str) -> list[str]:
    """A list: bare, in another order and searched."""
    return [f"/{route}{vraag}" for vraag in ("", "?sorteer=titel", f"?zoek={KANARIE}", f"?zoek={KANARIE[:6]}")]


def met(parameter: str) -> Vul:
    """A page that answers one question."""
    return lambda route: [f"/{route}", f"/{route}?{parameter}={KANARIE}", f"/{route}?{parameter}={KANARIE[:5]}"]


def per(model: type[Model], veld: str = "slug") -> Vul:
    """One address for each hidden row and for a public one."""

    def vul(route: str) -> list[str]:
        begin, _, rest = route.partition("<")
        return [f"/{begin}{getattr(rij, veld)}{rest.partition('>')[2]}" for rij in rijen(model)]

    return vul


def keuze(route: str) -> list[str]:
    """A page about several blueprints, a hidden one among them."""
    slugs = [rij.slug for rij in rijen(Blauwdruk)]
    openbaar = list(Blauwdruk.objects.gepubliceerd().values_list("slug", flat=True)[:2])
    return [f"/{route}", *(f"/{route}?b={slug}&b={openbaar[0]}&b={openbaar[1]}" for slug in slugs)]


def rijen(model: type[Any]) -> list[Any]:
    """Rows that hold the canary, and one other."""
    alle = model._default_manager.order_by("pk")
    return [*alle.filter(slug__contains=KANARIE), alle.exclude(slug__contains=KANARIE)[0]]


def documenten(route: str) -> list[str]:
    return [bestand.url for bestand in Bestand.objects.all()]


def afbeeldingen(route: str) -> list[str]:
    bestanden = [bestand.file.url for bestand in Bestand.objects.all()]
    return [maat.url for maat in AfbeeldingRendition.objects.all()] + bestanden


DEUREN: dict[str, Vul] = {
    "": vast,
    "healthz": vast,
    "readyz": vast,
    "robots.txt": vast,
    "sitemap.xml": vast,
    "<slug:slug>/": per(Pagina),
    "blauwdrukken/": lijst,
    "blauwdrukken.atom": lijst,
    r"^blauwdrukken\.(?P<formaat>csv|xlsx|json)$": lambda r: [
        adres for soort in ("csv", "xlsx", "json") for adres in lijst(f"blauwdrukken.{soort}")
    ],
    "blauwdrukken/<slug:slug>/": per(Blauwdruk),
    r"^blauwdrukken/(?P<slug>[-a-zA-Z0-9_]+)\.(?P<formaat>pdf|docx|epub)$": lambda r: [
        f"/blauwdrukken/{rij.slug}.{soort}" for rij in rijen(Blauwdruk) for soort in ("pdf", "docx", "epub")
    ],
    "blauwdrukken/<slug:slug>.json": per(Blauwdruk),
    "blauwdrukken/<slug:slug>/versies/<int:nummer>/": lambda r: [
        f"/blauwdrukken/{rij.slug}/versies/{nummer}/" for rij in rijen(Blauwdruk) for nummer in (1, 2)
    ],
    "keuze/": vast,
    "vergelijk/": keuze,
    r"^vergelijk\.(?P<formaat>pdf|docx|xlsx)$": lambda r: [
        adres for soort in ("pdf", "docx", "xlsx") for adres in keuze(f"vergelijk.{soort}")
    ],
    "bundel/": keuze,
    "bundel/maken/": keuze,
    r"^bundel\.(?P<formaat>pdf|docx|epub|zip)$": lambda r: [
        adres for soort in ("pdf", "docx", "epub", "zip") for adres in keuze(f"bundel.{soort}")
    ],
    "b/<int:nummer>": per(Blauwdruk, "nummer"),
    "zoek/suggesties": met("q"),
    "projecten/": lijst,
    "projecten/<slug:slug>/": per(Project),
    "verhalen/": lijst,
    "verhalen/<slug:slug>/": per(Verhaal),
    "regios/": met("zoek"),
    "regios/<slug:slug>/": per(Regio),
    "themas/": vast,
    "themas/<slug:slug>/": per(Thema),
    "begrippen/": vast,
    "documenten/<int:pk>/<str:naam>": documenten,
    "media/<path:pad>": afbeeldingen,
    "api/v1/blauwdrukken": lijst,
    "api/v1/blauwdrukken/<slug:slug>": per(Blauwdruk),
    "api/v1/projecten": lijst,
    "api/v1/regios": vast,
    "api/v1/themas": vast,
    "api/v1/openapi.json": vast,
}


def patronen(patronen_: Any = None, begin: str = "") -> Iterator[str]:
    """Routes of all addresses outside the back office."""
    for patroon in patronen_ if patronen_ is not None else get_resolver().url_patterns:
        route = begin + str(patroon.pattern)
        if isinstance(patroon, URLResolver) and route not in BINNEN:
            yield from patronen(patroon.url_patterns, route)
        elif isinstance(patroon, URLPattern) and not route.startswith(BINNEN):
            yield route


@dataclass(frozen=True)
class Antwoord:
    """What came back, with all its words in lower case."""

    status: int
    tekst: str
    etag: str

    def noemt(self, adres: str) -> bool:
        """Whether it tells something that the address did not."""
        return GEHEIM in self.tekst or (KANARIE not in adres and KANARIE in self.tekst)


def vraag(client: Client, adres: str, **koppen: str) -> Antwoord:
    antwoord = client.get(adres, headers=koppen)
    kop = "\n".join(f"{naam}: {waarde}" for naam, waarde in antwoord.items())
    woorden = f"{kop}\n{tekst(inhoud(antwoord), antwoord.get('Content-Type', ''))}"
    return Antwoord(antwoord.status_code, woorden.lower(), antwoord.get("ETag", ""))


def inhoud(antwoord: Any) -> bytes:
    """All bytes of an answer; reading a file to its end also closes it."""
    return b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content


def tekst(inhoud: bytes, soort: str = "") -> str:
    """All words in a file, by its first bytes: also of PDF, Word, EPUB, spreadsheets and archives of these."""
    if inhoud.startswith(b"%PDF"):
        return _tekst_van_pdf(inhoud)
    if inhoud.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(inhoud)) as archief:
            return "\n".join(f"{deel.filename}\n{tekst(archief.read(deel))}" for deel in archief.infolist())
    ruw = inhoud.decode("utf-8", "replace")
    return json.dumps(json.loads(ruw), ensure_ascii=False) if "json" in soort and ruw else ruw


def _tekst_van_pdf(inhoud: bytes) -> str:
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


def loop_alles_langs(client: Client) -> dict[str, Antwoord]:
    """Answer of every address: all patterns filled in, the sitemap, and what their pages link to."""
    gezien: dict[str, Antwoord] = {}
    wachtrij = [adres for route in patronen() for adres in DEUREN[route](route)]
    while wachtrij:
        adres = wachtrij.pop()
        if adres in gezien:
            continue
        gezien[adres] = antwoord = vraag(client, adres)
        if "text/html" in antwoord.tekst[:400]:
            wachtrij += [doel for doel in links(adres, antwoord.tekst) if _volgen(doel)]
    return gezien


def _volgen(doel: str) -> bool:
    """Pages only: files are asked for by their pattern, for a few rows."""
    delen = urlsplit(doel)
    return not delen.query and not delen.path.endswith(BINAIR) and not delen.path[1:].startswith(BINNEN)
