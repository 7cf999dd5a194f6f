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

LETTER = "Calibri"
TAAL = "nl-NL"
INKT, BLAUW, GRIJS, GEEL, ZACHT, RAND = "0C2A55", "124F9C", "46576F", "FFB612", "E8F0FB", "D3DEEC"
MARGE = Cm(2.3)
INSPRINGING = Cm(0.75)
KOLOM = Cm(5.6)  # where a fact begins, beside its name
OPSOMMING, NUMMERING = 1, 2  # abstract numbering of bullets and of numbers
NIVEAUS = 9
OVERBODIG = ("/thumbnail", "/stylesWithEffects", "/customXml")  # kinds of parts


@dataclass(frozen=True)
class Opmaak:
    """Look of a paragraph style: points, colour, and the space around it."""

    grootte: float = 10.5
    kleur: str = "10233F"
    vet: bool = False
    voor: float = 0
    na: float = 6
    regel: float = 1.15
    bij_volgende: bool = False


STIJLEN = {
    "Normal": Opmaak(),
    "Title": Opmaak(26, INKT, True, na=8, regel=1.0, bij_volgende=True),
    "Subtitle": Opmaak(13, GRIJS, na=12),
    "Heading 1": Opmaak(16, INKT, True, voor=20, regel=1.0, bij_volgende=True),
    "Heading 2": Opmaak(13, BLAUW, True, voor=14, na=4, regel=1.0, bij_volgende=True),
    "Heading 3": Opmaak(11, INKT, True, voor=10, na=3, regel=1.0, bij_volgende=True),
    "List Bullet": Opmaak(na=3),
    "List Bullet 2": Opmaak(na=3),
    "List Bullet 3": Opmaak(na=3),
    "List Number": Opmaak(na=3),
    "List Number 2": Opmaak(na=3),
    "List Number 3": Opmaak(na=3),
    "List Continue": Opmaak(na=3),
    "Header": Opmaak(8.5, GRIJS, na=0),
    "Footer": Opmaak(8.5, GRIJS, na=0),
    "Bovenkop": Opmaak(10.5, BLAUW, True, na=4, bij_volgende=True),
    "Kenmerk": Opmaak(na=3),
    "Kerncijfer": Opmaak(na=3, voor=3),
    "Melding": Opmaak(voor=8, na=8),
    "Kleine letters": Opmaak(9, GRIJS, na=4),
    "Tabeltekst": Opmaak(9.5, na=2, regel=1.05),
    "Tabelkop": Opmaak(9.5, INKT, True, na=2, regel=1.05),
    "TOC Heading": Opmaak(20, INKT, True, voor=0, na=10, regel=1.0, bij_volgende=True),
    "toc 1": Opmaak(na=4),
    "index 1": Opmaak(vet=True, voor=8, na=2, bij_volgende=True),
    "index 2": Opmaak(na=2),
}
TABELSTIJL = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Kennisbank">
  <w:name w:val="Kennisbank"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="{INKT}"/>
    <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RAND}"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RAND}"/></w:tblBorders>
    <w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>
      <w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{ZACHT}"/></w:tcPr></w:tblStylePr>
</w:style>"""


def nieuw(*, liggend: bool = False) -> WordDocument:
    """An empty document in our look, on A4."""
    document = Document()
    _ruim_op(document)
    _pagina(document, liggend)
    for naam, opmaak in STIJLEN.items():
        _stijl(document, naam, opmaak)
    _taal(document)
    _eigen_vorm(document)
    document.styles.element.append(parse_xml(TABELSTIJL))
    _nummering(document)
    return document


def tekstbreedte(document: WordDocument) -> Length:
    """Width between the margins."""
    sectie = document.sections[0]
    return Length(sectie.page_width - sectie.left_margin - sectie.right_margin)


def _ruim_op(document: WordDocument) -> None:
    """Drop what the library's own template brings along: a picture of it, and its styles twice."""
    for relaties in (document.part.package.rels, document.part.rels):
        for sleutel in [s for s, relatie in relaties.items() if relatie.reltype.endswith(OVERBODIG)]:
            relaties.pop(sleutel)
    for stijl in list(document.styles):
        if stijl.type == WD_STYLE_TYPE.TABLE and stijl.name != "Normal Table":
            stijl.delete()


def _pagina(document: WordDocument, liggend: bool) -> None:
    sectie = document.sections[0]
    breed, hoog = (Cm(29.7), Cm(21)) if liggend else (Cm(21), Cm(29.7))
    sectie.orientation = WD_ORIENT.LANDSCAPE if liggend else WD_ORIENT.PORTRAIT
    sectie.page_width, sectie.page_height = breed, hoog
    sectie.left_margin = sectie.right_margin = sectie.top_margin = MARGE
    sectie.bottom_margin = Cm(2)
    sectie.header_distance = sectie.footer_distance = Cm(1)


def _stijl(document: WordDocument, naam: str, opmaak: Opmaak) -> None:
    stijlen = document.styles
    stijl: Any = stijlen[naam] if naam in stijlen else stijlen.add_style(naam, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    if naam in {"Bovenkop", "Kenmerk", "Kerncijfer", "Melding", "Kleine letters", "Tabeltekst", "Tabelkop"}:
        stijl.element.set(qn("w:customStyle"), "1")
        stijl.quick_style = True
    if naam != "Normal":
        stijl.base_style = stijlen["Normal"]
    stijl.hidden = False
    _letter(stijl, opmaak)
    afstand = stijl.paragraph_format
    afstand.space_before, afstand.space_after = Pt(opmaak.voor), Pt(opmaak.na)
    afstand.line_spacing = opmaak.regel
    afstand.keep_with_next = opmaak.bij_volgende or None
    for rand in stijl.element.pPr.findall(qn("w:pBdr")) + stijl.element.pPr.findall(qn("w:contextualSpacing")):
        stijl.element.pPr.remove(rand)


def _letter(stijl: ParagraphStyle, opmaak: Opmaak) -> None:
    letter = stijl.font
    eigenschappen = stijl.element.get_or_add_rPr()
    for naam in ("w:rFonts", "w:spacing", "w:kern", "w:i", "w:iCs", "w:bCs", "w:szCs", "w:color"):
        for element in eigenschappen.findall(qn(naam)):
            eigenschappen.remove(element)
    letter.name, letter.size, letter.bold = LETTER, Pt(opmaak.grootte), opmaak.vet
    letter.color.rgb = RGBColor.from_string(opmaak.kleur)
    eigenschappen.find(qn("w:rFonts")).set(qn("w:cs"), LETTER)


def _taal(document: WordDocument) -> None:
    """Dutch, in the defaults and in the style that all others follow."""
    standaard = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    taal = parse_xml(f'<w:lang {nsdecls("w")} w:val="{TAAL}" w:eastAsia="{TAAL}" w:bidi="ar-SA"/>')
    for oud in standaard.findall(qn("w:lang")):
        standaard.remove(oud)
    standaard.append(taal)
    document.styles["Normal"].element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{TAAL}"/>'))
    if (thema := document.settings.element.find(qn("w:themeFontLang"))) is not None:
        thema.set(qn("w:val"), TAAL)


def _eigen_vorm(document: WordDocument) -> None:
    """Indents, tabs, lines and backgrounds of the styles that have them."""
    stijlen: Any = document.styles
    breedte = tekstbreedte(document)
    for naam in ("Header", "Footer", "toc 1", "index 2"):
        tabs = stijlen[naam].paragraph_format.tab_stops
        tabs.clear_all()
        tabs.add_tab_stop(breedte, WD_TAB_ALIGNMENT.RIGHT)
    for naam, inspringing in (("Kenmerk", KOLOM), ("Kerncijfer", KOLOM)):
        vorm = stijlen[naam].paragraph_format
        vorm.left_indent, vorm.first_line_indent = inspringing, -inspringing
        vorm.tab_stops.add_tab_stop(inspringing)
    stijlen["List Continue"].paragraph_format.left_indent = INSPRINGING
    stijlen["index 2"].paragraph_format.left_indent = INSPRINGING
    stijlen["TOC Heading"].paragraph_format.page_break_before = True
    _lijnen(stijlen["Title"], bottom=(GEEL, 24, 6))
    _lijnen(stijlen["Melding"], left=(GEEL, 24, 8))
    _lijnen(stijlen["Kerncijfer"], left=(GEEL, 24, 8))
    _lijnen(stijlen["Header"], bottom=(RAND, 4, 4))
    _lijnen(stijlen["Footer"], top=(RAND, 4, 4))
    koppeling: Any = stijlen.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    koppeling.font.underline, koppeling.font.color.rgb = True, RGBColor.from_string(BLAUW)


def _lijnen(stijl: ParagraphStyle, **lijnen: tuple[str, int, int]) -> None:
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


def _nummering(document: WordDocument) -> None:
    """One kind of bullets and one of numbers, each with all levels; the list styles are their first three."""
    nummering = document.part.numbering_part.element
    for oud in list(nummering):
        nummering.remove(oud)
    for soort, stijl in ((OPSOMMING, "ListBullet"), (NUMMERING, "ListNumber")):
        niveaus = "".join(_niveau(niveau, stijl) for niveau in range(NIVEAUS))
        nummering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{soort}">'
                f'<w:multiLevelType w:val="hybridMultilevel"/>{niveaus}</w:abstractNum>'
            )
        )
    for soort, naam in ((OPSOMMING, "List Bullet"), (NUMMERING, "List Number")):
        nummer = nummering.add_num(soort).numId
        for niveau, rest in enumerate(("", " 2", " 3")):
            eigenschappen: Any = document.styles[f"{naam}{rest}"].element.get_or_add_pPr()
            vorm = eigenschappen.get_or_add_numPr()
            vorm.get_or_add_numId().val = nummer
            vorm.get_or_add_ilvl().val = niveau
            for inspringing in eigenschappen.findall(qn("w:ind")) + eigenschappen.findall(qn("w:tabs")):
                eigenschappen.remove(inspringing)


def _niveau(niveau: int, stijl: str) -> str:
    """One level of a list; the first three belong to a style."""
    links = int(INSPRINGING.twips * (niveau + 1))
    bij = f'<w:pStyle w:val="{stijl}{niveau + 1 if niveau else ""}"/>' if niveau < 3 else ""
    if stijl == "ListBullet":
        vorm, tekst = "bullet", "•–▪"[niveau % 3]
    else:
        vorm, tekst = ("decimal", "lowerLetter", "lowerRoman")[niveau % 3], f"%{niveau + 1}."
    return (
        f'<w:lvl w:ilvl="{niveau}"><w:start w:val="1"/><w:numFmt w:val="{vorm}"/>{bij}'
        f'<w:lvlText w:val="{tekst}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{links}" w:hanging="{int(INSPRINGING.twips)}"/></w:pPr></w:lvl>'
    )
