"""The rows of a blueprint: one table of what each kind shows, read by page, documents, comparison, data and search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch

from .models import Bewijs, Blauwdruk, Thema, Werkdocument
from .text.tree import Block, Inline, link, paragraph, step


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and what a row has in it; numbers stand to the right on the page."""

    heading: str
    cell: Callable[[Any], Inline]
    is_number: bool = False


@dataclass(frozen=True)
class Rows:
    """Rows of one kind: a table when they have columns, else a list of items.

    `veld` is their name on Blauwdruk, `sectie` the section in which they stand, `order` puts them in order. `data` is a
    row for programs, `words` are what search finds it by, and `reads` is what is read along with each row.
    A page has less width than a document and more to show: there the last column of a table stands small in the one
    that `note_in` numbers, rows with the same first cell stand together when `is_grouped`, and an item is `page_item`.
    `look` and `note_look` are classes of the style sheet for the list and for the note. A lower `rank` goes first.
    """

    veld: str
    sectie: str
    columns: tuple[Column, ...] = ()
    caption: str = ""
    note_in: int | None = None
    note_look: str = ""
    is_grouped: bool = False
    item: Callable[[Any], list[Inline]] | None = None
    page_item: Callable[[Any], list[Inline]] | None = None
    look: str = ""
    rank: Callable[[Any], int] | None = None
    data: Callable[[Any], dict[str, Any]] | None = None
    words: Callable[[Any], str] | None = None
    reads: tuple[str, ...] = ()
    order: Callable[[Blauwdruk], list[Any]] | None = None

    def of(self, blauwdruk: Blauwdruk) -> list[Any]:
        """The rows of this blueprint."""
        return self.order(blauwdruk) if self.order else self.ranked(blauwdruk)

    def ranked(self, blauwdruk: Blauwdruk) -> list[Any]:
        """The rows themselves, each kind in its own order."""
        rows = list(getattr(blauwdruk, self.veld).all())
        return sorted(rows, key=self.rank) if self.rank else rows

    def blocks(self, blauwdruk: Blauwdruk) -> list[Block]:
        """What a document shows of them, as blocks of text/tree.py."""
        rows = self.of(blauwdruk)
        if self.columns and rows:
            cells = [[[column.cell(row)] for column in self.columns] for row in rows]
            return [{"t": "tabel", "koppen": [column.heading for column in self.columns], "rijen": cells}]
        return list_block(rows, self.item)

    def page_blocks(self, blauwdruk: Blauwdruk) -> list[Block]:
        """What the page shows of them: the same blocks, set for the page; `rows` of a block tells how."""
        rows = self.of(blauwdruk)
        if not self.columns or not rows:
            return [block | {"rows": self} for block in list_block(rows, self.page_item or self.item)]
        cells = [[[column.cell(row)] for column in self.columns] for row in rows]
        return [{"t": "tabel", "rows": self, "rijen": [self._with_note(row) for row in cells]}]

    @property
    def page_columns(self) -> tuple[Column, ...]:
        """The columns of a table on the page."""
        return self.columns if self.note_in is None else self.columns[:-1]

    def _with_note(self, cells: list[list[Inline]]) -> list[list[Inline]]:
        if self.note_in is None:
            return cells
        *cells, (note,) = cells
        if note:
            cells[self.note_in] += [" ", {"t": "small", "look": self.note_look, "c": [note]}]
        return cells

    def prefetch(self) -> Prefetch:
        """To read them for many blueprints with one query."""
        rows = self.model.objects.all()
        return Prefetch(self.veld, rows.select_related(*self.reads) if self.reads else rows)

    @property
    def model(self) -> Any:
        """The model of a row."""
        return Blauwdruk._meta.get_field(self.veld).related_model


def list_block(rows: list[Any], item: Callable[[Any], list[Inline]] | None) -> list[Block]:
    """A list of these rows, or nothing."""
    return [{"t": "ul", "c": [[paragraph(*item(row))] for row in rows]}] if item and rows else []


def _themas(blauwdruk: Blauwdruk) -> list[tuple[Thema, str]]:
    """Its themes with the names that it gives them."""
    return list(zip(blauwdruk.themas.all(), blauwdruk.named_themas(), strict=True))


def _thema_on_page(named: tuple[Thema, str]) -> list[Inline]:
    thema, name = named
    return [link(thema.get_absolute_url(), thema.naam), name.removeprefix(thema.naam)]


def public_url(werkdocument: Werkdocument) -> str:
    """Address that also works outside the site; empty when the document is not public."""
    return f"{settings.BASE_URL}{werkdocument.url}" if werkdocument.bestand else werkdocument.link


def _about(document: Werkdocument) -> str:
    """Its kind and size, where a reader gets it, and the remark."""
    size = f" ({document.kind_and_size})" if document.bestand else ""
    remark = f". {document.toelichting}" if document.toelichting else ""
    return f"{document.get_soort_display()}{size}, {document.plaats_in_woorden}{remark}"


def _werkdocument(document: Werkdocument) -> list[Inline]:
    return [link(public_url(document), document.titel), f". {_about(document)}"]


def _werkdocument_on_page(document: Werkdocument) -> list[Inline]:
    """All that is said of it small, below its title."""
    small: Inline = {"t": "small", "look": "", "c": [_about(document)]}
    return [{"t": "icon", "name": "document"}, " ", link(document.url, document.titel), " ", small]


def _bewijs(bewijs: Bewijs) -> list[Inline]:
    """The level as a glyph with its word, and below it by whom, when and on what ground."""
    said = ": ".join(part for part in (bewijs.moment, bewijs.grond) if part)
    below: list[Inline] = [{"t": "br"}, said] if said else []
    return [step(bewijs.zekerheid.trede, bewijs.zekerheid.label), *below, *_read_it(bewijs.link)]


def _read_it(url: str) -> list[Inline]:
    return [" ", link(url, "Lees het zelf")] if url else []


BEWIJZEN = Rows(
    "bewijzen",
    sectie="",
    item=_bewijs,
    data=lambda bewijs: {
        "niveau": bewijs.niveau,
        "door": bewijs.door,
        "datum": bewijs.datum.edtf if bewijs.datum else None,
        "datum_in_woorden": bewijs.datum.words if bewijs.datum else None,
        "grond": bewijs.grond,
        "link": bewijs.link,
    },
)
ROWS = (
    Rows(
        "themas",
        sectie="themas",
        order=_themas,
        item=lambda named: [named[1]],
        page_item=_thema_on_page,
    ),
    Rows(
        "partijen",
        sectie="partijen",
        columns=(
            Column("Rol", lambda partij: partij.rol_in_woorden),
            Column("Organisatie", lambda partij: link(partij.organisatie.website, partij.organisatie.naam)),
            Column("Toelichting", lambda partij: partij.toelichting),
        ),
        note_in=1,
        is_grouped=True,
        order=lambda blauwdruk: [partij for _, partijen in blauwdruk.partijen_by_rol() for partij in partijen],
        data=lambda partij: {
            "rol": partij.rol,
            "cruciaal": partij.cruciaal,
            "organisatie": partij.organisatie.naam,
            "toelichting": partij.toelichting,
        },
        reads=("organisatie",),
    ),
    Rows(
        "kosten",
        sectie="financiering",
        columns=(
            Column("Onderdeel", lambda post: post.omschrijving),
            Column("Bedrag", lambda post: post.bedrag, is_number=True),
            Column("Waarvoor", lambda post: post.waarvoor),
            Column("Wat het is", lambda post: post.soort_in_woorden or "Niet bekend"),
            Column("Btw", lambda post: post.get_btw_display()),
            Column("Toelichting", lambda post: post.toelichting),
        ),
        caption="Bedragen uit deze blauwdruk",
        note_in=0,
        note_look="gedempt",
        data=lambda post: {
            "omschrijving": post.omschrijving,
            "soort": post.soort,
            "bedrag_van": post.bedrag_van,
            "bedrag_tot": post.bedrag_tot,
            "eenheid": post.eenheid,
            "voor_wie": post.voor_wie,
            "hoe_vaak": post.hoe_vaak,
            "btw": post.btw,
            "toelichting": post.toelichting,
        },
    ),
    Rows(
        "kerncijfers",
        sectie="",
        rank=lambda cijfer: cijfer.rank,
        data=lambda cijfer: {
            "soort": cijfer.soort,
            "waarde": cijfer.waarde,
            "eenheid": cijfer.eenheid,
            "omschrijving": cijfer.omschrijving,
        },
    ),
    BEWIJZEN,
    Rows(
        "citaten",
        sectie="",
        data=lambda citaat: {
            "tekst": citaat.words,
            "functie": citaat.functie,
            "bron": citaat.herkomst.titel,
            "jaar": citaat.jaar,
        },
        reads=("herkomst",),
    ),
    Rows(
        "voorbeelden",
        sectie="voorbeelden",
        item=lambda voorbeeld: [link(voorbeeld.url, voorbeeld.titel)],
        data=lambda voorbeeld: {"titel": voorbeeld.titel, "url": voorbeeld.url},
        words=lambda voorbeeld: voorbeeld.titel,
    ),
    Rows(
        "werkdocumenten",
        sectie="werkdocumenten",
        item=_werkdocument,
        page_item=_werkdocument_on_page,
        look="opsomming",
        data=lambda document: {
            "titel": document.titel,
            "soort": document.soort,
            "url": public_url(document),
            "plaats": document.plaats,
            "link_gezien": document.link_gezien.edtf if document.link_gezien else None,
            "toelichting": document.toelichting,
        },
        words=lambda document: document.titel,
        reads=("bestand",),
    ),
)


def rows_in(sectie: str) -> Iterator[Rows]:
    """The kinds of rows that stand in this section."""
    return (rows for rows in ROWS if rows.sectie == sectie)
