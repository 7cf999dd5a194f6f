"""How a Word document looks: page, typeface, colours, styles and list numbering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle

TYPEFACE = "Calibri"
LANGUAGE = "nl-NL"
INK, BLUE, GREY, YELLOW, SOFT, BORDER = "0C2A55", "124F9C", "46576F", "FFB612", "E8F0FB", "D3DEEC"
MARGIN = Cm(2.3)
INDENT = Cm(0.75)
FACT_COLUMN = Cm(5.6)  # where a fact begins, beside its name
BULLETS, NUMBERS = 1, 2  # abstract numbering of bullets and of numbers
LEVELS = 9
SUPERFLUOUS = ("/thumbnail", "/stylesWithEffects", "/customXml")  # kinds of parts


@dataclass(frozen=True)
class ParagraphLook:
    """Look of a paragraph style: points, colour, and the space around it."""

    size: float = 10.5
    color: str = "10233F"
    bold: bool = False
    space_before: float = 0
    space_after: float = 6
    line_spacing: float = 1.15
    keep_with_next: bool = False


STYLES = {
    "Normal": ParagraphLook(),
    "Title": ParagraphLook(26, INK, True, space_after=8, line_spacing=1.0, keep_with_next=True),
    "Subtitle": ParagraphLook(13, GREY, space_after=12),
    "Heading 1": ParagraphLook(16, INK, True, space_before=20, line_spacing=1.0, keep_with_next=True),
    "Heading 2": ParagraphLook(13, BLUE, True, space_before=14, space_after=4, line_spacing=1.0, keep_with_next=True),
    "Heading 3": ParagraphLook(11, INK, True, space_before=10, space_after=3, line_spacing=1.0, keep_with_next=True),
    "List Bullet": ParagraphLook(space_after=3),
    "List Bullet 2": ParagraphLook(space_after=3),
    "List Bullet 3": ParagraphLook(space_after=3),
    "List Number": ParagraphLook(space_after=3),
    "List Number 2": ParagraphLook(space_after=3),
    "List Number 3": ParagraphLook(space_after=3),
    "List Continue": ParagraphLook(space_after=3),
    "Header": ParagraphLook(8.5, GREY, space_after=0),
    "Footer": ParagraphLook(8.5, GREY, space_after=0),
    "Bovenkop": ParagraphLook(10.5, BLUE, True, space_after=4, keep_with_next=True),
    "Kenmerk": ParagraphLook(space_after=3),
    "Kerncijfer": ParagraphLook(space_after=3, space_before=3),
    "Melding": ParagraphLook(space_before=8, space_after=8),
    "Kleine letters": ParagraphLook(9, GREY, space_after=4),
    "Tabeltekst": ParagraphLook(9.5, space_after=2, line_spacing=1.05),
    "Tabelkop": ParagraphLook(9.5, INK, True, space_after=2, line_spacing=1.05),
    "TOC Heading": ParagraphLook(20, INK, True, space_before=0, space_after=10, line_spacing=1.0, keep_with_next=True),
    "toc 1": ParagraphLook(space_after=4),
    "index 1": ParagraphLook(bold=True, space_before=8, space_after=2, keep_with_next=True),
    "index 2": ParagraphLook(space_after=2),
}
TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Kennisbank">
  <w:name w:val="Kennisbank"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
    <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{BORDER}"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{BORDER}"/></w:tblBorders>
    <w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>
      <w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SOFT}"/></w:tcPr></w:tblStylePr>
</w:style>"""


def new_document(*, liggend: bool = False) -> WordDocument:
    """An empty document in our look, on A4."""
    document = Document()
    _clean_up(document)
    _set_page(document, liggend)
    for naam, opmaak in STYLES.items():
        _set_style(document, naam, opmaak)
    _set_language(document)
    _set_special_styles(document)
    document.styles.element.append(parse_xml(TABLE_STYLE))
    _set_numbering(document)
    return document


def text_width(document: WordDocument) -> Length:
    """Width between the margins."""
    sectie = document.sections[0]
    return Length(sectie.page_width - sectie.left_margin - sectie.right_margin)


def _clean_up(document: WordDocument) -> None:
    """Drop what the library's own template brings along: a picture of it, and its styles twice."""
    for relaties in (document.part.package.rels, document.part.rels):
        for sleutel in [s for s, relatie in relaties.items() if relatie.reltype.endswith(SUPERFLUOUS)]:
            relaties.pop(sleutel)
    for stijl in list(document.styles):
        if stijl.type == WD_STYLE_TYPE.TABLE and stijl.name != "Normal Table":
            stijl.delete()


def _set_page(document: WordDocument, liggend: bool) -> None:
    sectie = document.sections[0]
    breed, hoog = (Cm(29.7), Cm(21)) if liggend else (Cm(21), Cm(29.7))
    sectie.orientation = WD_ORIENT.LANDSCAPE if liggend else WD_ORIENT.PORTRAIT
    sectie.page_width, sectie.page_height = breed, hoog
    sectie.left_margin = sectie.right_margin = sectie.top_margin = MARGIN
    sectie.bottom_margin = Cm(2)
    sectie.header_distance = sectie.footer_distance = Cm(1)


def _set_style(document: WordDocument, naam: str, opmaak: ParagraphLook) -> None:
    stijlen = document.styles
    stijl: Any = stijlen[naam] if naam in stijlen else stijlen.add_style(naam, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    if naam in {"Bovenkop", "Kenmerk", "Kerncijfer", "Melding", "Kleine letters", "Tabeltekst", "Tabelkop"}:
        stijl.element.set(qn("w:customStyle"), "1")
        stijl.quick_style = True
    if naam != "Normal":
        stijl.base_style = stijlen["Normal"]
    stijl.hidden = False
    _set_typeface(stijl, opmaak)
    afstand = stijl.paragraph_format
    afstand.space_before, afstand.space_after = Pt(opmaak.space_before), Pt(opmaak.space_after)
    afstand.line_spacing = opmaak.line_spacing
    afstand.keep_with_next = opmaak.keep_with_next or None
    for rand in stijl.element.pPr.findall(qn("w:pBdr")) + stijl.element.pPr.findall(qn("w:contextualSpacing")):
        stijl.element.pPr.remove(rand)


def _set_typeface(stijl: ParagraphStyle, opmaak: ParagraphLook) -> None:
    letter = stijl.font
    eigenschappen = stijl.element.get_or_add_rPr()
    for naam in ("w:rFonts", "w:spacing", "w:kern", "w:i", "w:iCs", "w:bCs", "w:szCs", "w:color"):
        for element in eigenschappen.findall(qn(naam)):
            eigenschappen.remove(element)
    letter.name, letter.size, letter.bold = TYPEFACE, Pt(opmaak.size), opmaak.bold
    letter.color.rgb = RGBColor.from_string(opmaak.color)
    eigenschappen.find(qn("w:rFonts")).set(qn("w:cs"), TYPEFACE)


def _set_language(document: WordDocument) -> None:
    """Dutch, in the defaults and in the style that all others follow."""
    standaard = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    taal = parse_xml(f'<w:lang {nsdecls("w")} w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>')
    for oud in standaard.findall(qn("w:lang")):
        standaard.remove(oud)
    standaard.append(taal)
    document.styles["Normal"].element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{LANGUAGE}"/>'))
    if (thema := document.settings.element.find(qn("w:themeFontLang"))) is not None:
        thema.set(qn("w:val"), LANGUAGE)


def _set_special_styles(document: WordDocument) -> None:
    """Indents, tabs, lines and backgrounds of the styles that have them."""
    stijlen: Any = document.styles
    breedte = text_width(document)
    for naam in ("Header", "Footer", "toc 1", "index 2"):
        tabs = stijlen[naam].paragraph_format.tab_stops
        tabs.clear_all()
        tabs.add_tab_stop(breedte, WD_TAB_ALIGNMENT.RIGHT)
    for naam, inspringing in (("Kenmerk", FACT_COLUMN), ("Kerncijfer", FACT_COLUMN)):
        vorm = stijlen[naam].paragraph_format
        vorm.left_indent, vorm.first_line_indent = inspringing, -inspringing
        vorm.tab_stops.add_tab_stop(inspringing)
    stijlen["List Continue"].paragraph_format.left_indent = INDENT
    stijlen["index 2"].paragraph_format.left_indent = INDENT
    stijlen["TOC Heading"].paragraph_format.page_break_before = True
    _set_borders(stijlen["Title"], bottom=(YELLOW, 24, 6))
    _set_borders(stijlen["Melding"], left=(YELLOW, 24, 8))
    _set_borders(stijlen["Kerncijfer"], left=(YELLOW, 24, 8))
    _set_borders(stijlen["Header"], bottom=(BORDER, 4, 4))
    _set_borders(stijlen["Footer"], top=(BORDER, 4, 4))
    koppeling: Any = stijlen.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    koppeling.font.underline, koppeling.font.color.rgb = True, RGBColor.from_string(BLUE)


def _set_borders(stijl: ParagraphStyle, **lijnen: tuple[str, int, int]) -> None:
    """Lines around a paragraph: colour, eighths of a point, and points of space."""
    volgorde = ("top", "left", "bottom", "right", "between")
    delen = "".join(
        f'<w:{kant} w:val="single" w:sz="{dik}" w:space="{ruimte}" w:color="{kleur}"/>'
        for kant, (kleur, dik, ruimte) in sorted(lijnen.items(), key=lambda paar: volgorde.index(paar[0]))
    )
    lijn = parse_xml(f"<w:pBdr {nsdecls('w')}>{delen}</w:pBdr>")
    eigenschappen: Any = stijl.element.get_or_add_pPr()
    eigenschappen.insert_element_before(
        lijn,
        *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc"),
        *("w:outlineLvl",),
    )


def _set_numbering(document: WordDocument) -> None:
    """One kind of bullets and one of numbers, each with all levels; the list styles are their first three."""
    nummering = document.part.numbering_part.element
    for oud in list(nummering):
        nummering.remove(oud)
    for soort, stijl in ((BULLETS, "ListBullet"), (NUMBERS, "ListNumber")):
        niveaus = "".join(_level_xml(niveau, stijl) for niveau in range(LEVELS))
        nummering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{soort}">'
                f'<w:multiLevelType w:val="hybridMultilevel"/>{niveaus}</w:abstractNum>'
            )
        )
    for soort, naam in ((BULLETS, "List Bullet"), (NUMBERS, "List Number")):
        nummer = nummering.add_num(soort).numId
        for niveau, rest in enumerate(("", " 2", " 3")):
            eigenschappen: Any = document.styles[f"{naam}{rest}"].element.get_or_add_pPr()
            vorm = eigenschappen.get_or_add_numPr()
            vorm.get_or_add_numId().val = nummer
            vorm.get_or_add_ilvl().val = niveau
            for inspringing in eigenschappen.findall(qn("w:ind")) + eigenschappen.findall(qn("w:tabs")):
                eigenschappen.remove(inspringing)


def _level_xml(niveau: int, stijl: str) -> str:
    """One level of a list; the first three belong to a style."""
    links = int(INDENT.twips * (niveau + 1))
    bij = f'<w:pStyle w:val="{stijl}{niveau + 1 if niveau else ""}"/>' if niveau < 3 else ""
    if stijl == "ListBullet":
        vorm, tekst = "bullet", "•–▪"[niveau % 3]
    else:
        vorm, tekst = ("decimal", "lowerLetter", "lowerRoman")[niveau % 3], f"%{niveau + 1}."
    return (
        f'<w:lvl w:ilvl="{niveau}"><w:start w:val="1"/><w:numFmt w:val="{vorm}"/>{bij}'
        f'<w:lvlText w:val="{tekst}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{links}" w:hanging="{int(INDENT.twips)}"/></w:pPr></w:lvl>'
    )
