"""The package around the pages of a book: its list of parts, its description and the zip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from lxml.builder import ElementMaker

from ..archive import make_archive

OPF, DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
P = ElementMaker(namespace=OPF, nsmap={None: OPF})
D = ElementMaker(namespace=DC, nsmap={"dc": DC})
CONTAINER = (
    b'<?xml version="1.0" encoding="utf-8"?>\n'
    b'<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    b'<rootfile full-path="boek/boek.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
SCHEMA = {
    "schema:accessMode": "textual",
    "schema:accessModeSufficient": "textual",
    "schema:accessibilityFeature": [
        "structuralNavigation",
        "tableOfContents",
        "readingOrder",
        "displayTransformability",
    ],
    "schema:accessibilityHazard": "none",
    "schema:accessibilitySummary": (
        "Dit boek bestaat alleen uit tekst. Koppen, lijsten en tabellen zijn als zodanig gemarkeerd, en er is een "
        "inhoudsopgave. Grootte, letter en kleuren kunt u zelf kiezen."
    ),
}


@dataclass(frozen=True)
class BookPart:
    """One page of the book: file name without extension, title in the contents ("" for none) and its XHTML."""

    name: str
    title: str
    xhtml: bytes


@dataclass(frozen=True)
class Description:
    """What is told of a book; `url` gives it a name of its own that does not change."""

    title: str
    url: str
    maker: str
    publisher: str
    subjects: list[str]
    moment: datetime


def pack(parts: list[BookPart], description: Description, style: str) -> bytes:
    """The book as a file; the type comes first and unpacked, as readers ask."""
    fixed = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("boek/boek.opf", _opf(parts, description)),
        ("boek/stijl.css", style.encode()),
    ]
    pages = [(f"boek/{part.name}.xhtml", part.xhtml) for part in parts]
    return make_archive([*fixed, *pages], stored=frozenset({"mimetype"}))


def _opf(parts: list[BookPart], description: Description) -> bytes:
    items = [
        P.item({"id": part.name, "href": f"{part.name}.xhtml", "media-type": "application/xhtml+xml"}) for part in parts
    ]
    for item in items:
        if item.get("id") == "inhoud":
            item.set("properties", "nav")
    book = P.package(
        _metadata(description),
        P.manifest(P.item({"id": "stijl", "href": "stijl.css", "media-type": "text/css"}), *items),
        P.spine(*(P.itemref(idref=part.name) for part in parts)),
        {"version": "3.0", "unique-identifier": "boek", "{http://www.w3.org/XML/1998/namespace}lang": "nl"},
    )
    return etree.tostring(book, xml_declaration=True, encoding="utf-8")


def _metadata(description: Description) -> object:
    accessibility = [
        P.meta(value, property=name)
        for name, values in SCHEMA.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return P.metadata(
        D.identifier(f"urn:uuid:{uuid5(NAMESPACE_URL, description.url)}", id="boek"),
        D.title(description.title),
        D.language("nl"),
        D.creator(description.maker),
        D.publisher(description.publisher),
        D.source(description.url),
        D.date(f"{description.moment:%Y-%m-%d}"),
        *(D.subject(subject) for subject in description.subjects),
        P.meta(f"{description.moment:%Y-%m-%dT%H:%M:%SZ}", property="dcterms:modified"),
        *accessibility,
    )
