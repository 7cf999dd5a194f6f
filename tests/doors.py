"""Every public address the project knows, filled in, and the words of whatever it answers.

A new pattern in the urls fails test_doors.py until DOORS says how it is filled in.
"""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

import pypdfium2
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from blauwdrukken.choice import MAX_SIDE_BY_SIDE
from blauwdrukken.models import AfbeeldingRendition, Bestand, Blauwdruk, Programma, Project, Thema, Verhaal
from blauwdrukken.search.kinds import KINDS
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
    return [f"/{route}{query}" for query in ("", "?sorteer=titel", f"?zoek={CANARY}", f"?zoek={CANARY[:6]}")]


def with_query(parameter: str) -> FillRoute:
    """A page that answers one question."""
    return lambda route: [f"/{route}", f"/{route}?{parameter}={CANARY}", f"/{route}?{parameter}={CANARY[:5]}"]


def per_row(model: type[Model], field: str = "slug") -> FillRoute:
    """One address for each hidden row and for a public one."""

    def fill(route: str) -> list[str]:
        start, _, rest = route.partition("<")
        return [f"/{start}{getattr(row, field)}{rest.partition('>')[2]}" for row in canary_rows(model)]

    return fill


def keuze_urls(route: str) -> list[str]:
    """A page about several blueprints, hidden ones among them: as many as it takes, for they are made with effort."""
    hidden = [row.slug for row in canary_rows(Blauwdruk)]
    public = list(Blauwdruk.objects.published().values_list("slug", flat=True)[:2])
    room = MAX_SIDE_BY_SIDE - len(public)
    chosen = [hidden[i : i + room] + public for i in range(0, len(hidden), room)]
    return [f"/{route}", *(f"/{route}?{urlencode({'b': slugs}, doseq=True)}" for slugs in chosen)]


def canary_rows(model: type[Any]) -> list[Any]:
    """Rows that hold the canary, and one other."""
    everything = model._default_manager.order_by("pk")
    return [*everything.filter(slug__contains=CANARY), everything.exclude(slug__contains=CANARY)[0]]


def document_urls(route: str) -> list[str]:
    return [file.url for file in Bestand.objects.all()]


def afbeelding_urls(route: str) -> list[str]:
    files = [file.file.url for file in Bestand.objects.all()]
    return [size.url for size in AfbeeldingRendition.objects.all()] + files


DOORS: dict[str, FillRoute] = {
    "": fixed_url,
    "healthz": fixed_url,
    "readyz": fixed_url,
    "robots.txt": fixed_url,
    ".well-known/security.txt": fixed_url,
    "sitemap.xml": fixed_url,
    "<slug:slug>/": per_row(Pagina),
    "blauwdrukken/": list_urls,
    "blauwdrukken.atom": list_urls,
    r"^blauwdrukken\.(?P<extension>xlsx|csv|json)$": lambda r: [
        url for kind in ("csv", "xlsx", "json") for url in list_urls(f"blauwdrukken.{kind}")
    ],
    "blauwdrukken/<slug:slug>/": per_row(Blauwdruk),
    r"^blauwdrukken/(?P<slug>[-a-zA-Z0-9_]+)\.(?P<extension>pdf|docx|epub|json)$": lambda r: [
        f"/blauwdrukken/{row.slug}.{kind}" for row in canary_rows(Blauwdruk) for kind in ("pdf", "docx", "epub", "json")
    ],
    "blauwdrukken/<slug:slug>.json": per_row(Blauwdruk),
    "blauwdrukken/<slug:slug>/versies/<int:nummer>/": lambda r: [
        f"/blauwdrukken/{row.slug}/versies/{nummer}/" for row in canary_rows(Blauwdruk) for nummer in (1, 2)
    ],
    "keuze/": fixed_url,
    "vergelijk/": keuze_urls,
    r"^vergelijk\.(?P<extension>pdf|docx|xlsx)$": lambda r: [
        url for kind in ("pdf", "docx", "xlsx") for url in keuze_urls(f"vergelijk.{kind}")
    ],
    "bundel/": keuze_urls,
    "bundel/maken/": keuze_urls,
    r"^bundel\.(?P<extension>pdf|docx|epub|zip)$": lambda r: [
        url for kind in ("pdf", "docx", "epub", "zip") for url in keuze_urls(f"bundel.{kind}")
    ],
    "b/<int:nummer>": per_row(Blauwdruk, "nummer"),
    "zoeken/": lambda r: [*list_urls(r), *(f"/{r}?zoek={CANARY}&soort={kind}" for kind in KINDS)],
    "zoek/suggesties": with_query("q"),
    "projecten/": list_urls,
    "projecten/<slug:slug>/": per_row(Project),
    "verhalen/": list_urls,
    "verhalen/<slug:slug>/": per_row(Verhaal),
    "regios/": with_query("zoek"),
    "regios/<slug:slug>/": per_row(Regio),
    "themas/": fixed_url,
    "themas/<slug:slug>/": per_row(Thema),
    "wat-tegenviel/": lambda r: [f"/{r}", f"/{r}?thema=scholing", f"/{r}?pagina=2"],
    "programmas/": fixed_url,
    "programmas/<slug:slug>/": per_row(Programma),
    "begrippen/": fixed_url,
    "documenten/<int:pk>/<str:naam>": document_urls,
    "media/<path:pad>": afbeelding_urls,
    "api/v1/blauwdrukken": list_urls,
    "api/v1/blauwdrukken/<slug:slug>": per_row(Blauwdruk),
    "api/v1/projecten": list_urls,
    "api/v1/regios": fixed_url,
    "api/v1/themas": fixed_url,
    "api/v1/programmas": fixed_url,
    "api/v1/openapi.json": fixed_url,
}


def route_patterns(patterns_: Any = None, start: str = "") -> Iterator[str]:
    """Routes of all addresses outside the back office."""
    for pattern in patterns_ if patterns_ is not None else get_resolver().url_patterns:
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver) and route not in INSIDE:
            yield from route_patterns(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and not route.startswith(INSIDE):
            yield route


@dataclass(frozen=True)
class DoorResponse:
    """What came back, with all its words in lower case."""

    status: int
    text: str
    etag: str

    def reveals(self, url: str) -> bool:
        """Whether it tells something that the address did not."""
        return SECRET in self.text or (CANARY not in url and CANARY in self.text)


def fetch(client: Client, url: str, **headers: str) -> DoorResponse:
    response = client.get(url, headers=headers)
    heading = "\n".join(f"{name}: {value}" for name, value in response.items())
    words = f"{heading}\n{text_of(content_of(response), response.get('Content-Type', ''))}"
    return DoorResponse(response.status_code, words.lower(), response.get("ETag", ""))


def content_of(response: Any) -> bytes:
    """All bytes of an answer; reading a file to its end also closes it."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def text_of(content: bytes, kind: str = "") -> str:
    """All words in a file, by its first bytes: also of PDF, Word, EPUB, spreadsheets and archives of these."""
    if content.startswith(b"%PDF"):
        return _pdf_text(content)
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return "\n".join(f"{part.filename}\n{text_of(archive.read(part))}" for part in archive.infolist())
    raw = content.decode("utf-8", "replace")
    return json.dumps(json.loads(raw), ensure_ascii=False) if "json" in kind and raw else raw


def says(content: bytes, words: str) -> bool:
    """Whether a file says these words, whatever marks and breaks of lines stand between them."""
    return _squeezed(words) in _squeezed(re.sub(r"<[^>]+>", "", html.unescape(text_of(content))))


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe\x02-]+", "", text)


def _pdf_text(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        parts = [str(document.get_metadata_dict())]
        for nummer in range(len(document)):
            page = document[nummer]
            lines = page.get_textpage()
            # A word that is broken off at the end of a line is one word.
            parts.append(lines.get_text_range().replace("\ufffe", "").replace("-\r\n", "").replace("\u00ad", ""))
            lines.close()
            page.close()
    return "\n".join(parts)


def visit_everything(client: Client) -> dict[str, DoorResponse]:
    """Answer of every address: all patterns filled in, the sitemap, and what their pages link to."""
    seen: dict[str, DoorResponse] = {}
    queue = [url for route in route_patterns() for url in DOORS[route](route)]
    while queue:
        url = queue.pop()
        if url in seen:
            continue
        seen[url] = response = fetch(client, url)
        if "text/html" in response.text[:400]:
            queue += [target for target in links(url, response.text) if _should_follow(target)]
    return seen


def _should_follow(target: str) -> bool:
    """Pages only: files are asked for by their pattern, for a few rows."""
    parts = urlsplit(target)
    return not parts.query and not parts.path.endswith(BINARY) and not parts.path[1:].startswith(INSIDE)
