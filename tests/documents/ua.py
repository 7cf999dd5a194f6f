"""The checks of PDF/UA that a program can make, over the objects of a finished PDF; an empty list is good."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf

UA = "{http://www.aiim.org/pdfua/ns/id/}part"
HEADING = re.compile(r"/H([1-6])")


def faults(pdf: bytes) -> list[str]:
    """What is wrong with the PDF, in words."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            *_document(document),
            *_structure(document),
            *_pages(document),
            *_fonts(document),
        ]


def title_of(pdf: bytes) -> str:
    """Title in the metadata."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as metadata:
        return str(metadata.get("dc:title"))


def bookmarks(pdf: bytes) -> list[tuple[int, str]]:
    """Level and title of each bookmark."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        return list(_branches(outline.root, 1))


def _branches(takken: Any, niveau: int) -> Iterator[tuple[int, str]]:
    for tak in takken:
        yield niveau, tak.title
        yield from _branches(tak.children, niveau + 1)


def elements(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Structure elements in reading order."""

    def kinderen(element: Any) -> Iterator[pikepdf.Dictionary]:
        for kind in element if isinstance(element, pikepdf.Array) else [element]:
            if isinstance(kind, pikepdf.Dictionary) and "/S" in kind:
                yield kind
                yield from kinderen(kind.get("/K", pikepdf.Array()))

    return list(kinderen(document.Root.StructTreeRoot.K))


def _document(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if str(root.get("/Lang", "")) not in {"nl", "nl-NL"}:
        yield f"language {root.get('/Lang')}"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the window does not show the title"
    with document.open_metadata() as metadata:
        if metadata.get(UA) != "1":
            yield "does not say that it is PDF/UA-1"
        if not str(metadata.get("dc:title") or "").strip():
            yield "no title"
    if "/Outlines" not in root:
        yield "no bookmarks"


def _structure(document: pikepdf.Pdf) -> Iterator[str]:
    soorten = elements(document)
    koppen = [int(treffer[1]) for element in soorten if (treffer := HEADING.fullmatch(str(element.S)))]
    if koppen[:1] != [1]:
        yield f"headings begin with {koppen[:1]}"
    yield from (f"heading {b} after {a}" for a, b in pairwise(koppen) if b > a + 1)
    for element in soorten:
        if str(element.S) == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "figure without alternative text"
        if str(element.S) == "/TH" and not any("/Scope" in deel for deel in _attributes(element)):
            yield "table header without scope"
        if str(element.S) == "/Table" and not any(str(e.S) == "/TH" for e in _below(element)):
            yield "table without headers"


def _attributes(element: pikepdf.Dictionary) -> list[Any]:
    eigenschappen = element.get("/A", pikepdf.Array())
    return list(eigenschappen) if isinstance(eigenschappen, pikepdf.Array) else [eigenschappen]


def _below(element: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    kinderen = element.get("/K", pikepdf.Array())
    for kind in kinderen if isinstance(kinderen, pikepdf.Array) else [kinderen]:
        if isinstance(kind, pikepdf.Dictionary) and "/S" in kind:
            yield kind
            yield from _below(kind)


def _pages(document: pikepdf.Pdf) -> Iterator[str]:
    for nummer, blad in enumerate(document.pages, 1):
        koppelingen = [a for a in blad.get("/Annots", []) if str(a.get("/Subtype")) == "/Link"]
        if koppelingen and str(blad.get("/Tabs", "")) != "/S":
            yield f"page {nummer}: links are not in the order of the structure"
        for koppeling in koppelingen:
            if not str(koppeling.get("/Contents", "")).strip():
                yield f"page {nummer}: link without a description"
            if "/StructParent" not in koppeling:
                yield f"page {nummer}: link outside the structure"
        yield from _untagged(nummer, blad)


def _untagged(nummer: int, blad: pikepdf.Page) -> Iterator[str]:
    """Marks on paper that are neither tagged nor called an artifact."""
    diepte = 0
    for operatie in pikepdf.parse_content_stream(blad):
        naam = str(operatie.operator)
        diepte += {"BDC": 1, "BMC": 1, "EMC": -1}.get(naam, 0)
        if naam in {"Tj", "TJ", "f", "f*", "S", "s", "B", "Do", "sh"} and diepte == 0:
            yield f"page {nummer}: {naam} outside the structure"
            return


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for voorwerp in document.objects:
        if not isinstance(voorwerp, pikepdf.Dictionary) or str(voorwerp.get("/Type", "")) != "/Font":
            continue
        if str(voorwerp.get("/Subtype")) in {"/Type0", "/Type3"} and "/ToUnicode" not in voorwerp:
            yield f"font without characters {voorwerp.get('/BaseFont')}"
        beschrijving = voorwerp.get("/FontDescriptor")
        if beschrijving is not None and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(beschrijving.keys()):
            yield f"font that is not embedded {voorwerp.get('/BaseFont')}"
