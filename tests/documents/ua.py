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


def _branches(branches: Any, level: int) -> Iterator[tuple[int, str]]:
    for branch in branches:
        yield level, branch.title
        yield from _branches(branch.children, level + 1)


def elements(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Structure elements in reading order."""

    def children(element: Any) -> Iterator[pikepdf.Dictionary]:
        for child in element if isinstance(element, pikepdf.Array) else [element]:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                yield child
                yield from children(child.get("/K", pikepdf.Array()))

    return list(children(document.Root.StructTreeRoot.K))


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
    tagged = elements(document)
    headings = [int(hit[1]) for element in tagged if (hit := HEADING.fullmatch(str(element.S)))]
    if headings[:1] != [1]:
        yield f"headings begin with {headings[:1]}"
    yield from (f"heading {b} after {a}" for a, b in pairwise(headings) if b > a + 1)
    for element in tagged:
        if str(element.S) == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "figure without alternative text"
        if str(element.S) == "/TH" and not any("/Scope" in part for part in _attributes(element)):
            yield "table header without scope"
        if str(element.S) == "/Table" and not any(str(e.S) == "/TH" for e in _below(element)):
            yield "table without headers"


def _attributes(element: pikepdf.Dictionary) -> list[Any]:
    properties = element.get("/A", pikepdf.Array())
    return list(properties) if isinstance(properties, pikepdf.Array) else [properties]


def _below(element: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    children = element.get("/K", pikepdf.Array())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _below(child)


def _pages(document: pikepdf.Pdf) -> Iterator[str]:
    for nummer, sheet in enumerate(document.pages, 1):
        links = [a for a in sheet.get("/Annots", []) if str(a.get("/Subtype")) == "/Link"]
        if links and str(sheet.get("/Tabs", "")) != "/S":
            yield f"page {nummer}: links are not in the order of the structure"
        for hyperlink in links:
            if not str(hyperlink.get("/Contents", "")).strip():
                yield f"page {nummer}: link without a description"
            if "/StructParent" not in hyperlink:
                yield f"page {nummer}: link outside the structure"
        yield from _untagged(nummer, sheet)


def _untagged(nummer: int, sheet: pikepdf.Page) -> Iterator[str]:
    """Marks on paper that are neither tagged nor called an artifact."""
    depth = 0
    for operation in pikepdf.parse_content_stream(sheet):
        name = str(operation.operator)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
        if name in {"Tj", "TJ", "f", "f*", "S", "s", "B", "Do", "sh"} and depth == 0:
            yield f"page {nummer}: {name} outside the structure"
            return


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for object_ in document.objects:
        if not isinstance(object_, pikepdf.Dictionary) or str(object_.get("/Type", "")) != "/Font":
            continue
        if str(object_.get("/Subtype")) in {"/Type0", "/Type3"} and "/ToUnicode" not in object_:
            yield f"font without characters {object_.get('/BaseFont')}"
        description = object_.get("/FontDescriptor")
        if description is not None and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(description.keys()):
            yield f"font that is not embedded {object_.get('/BaseFont')}"
