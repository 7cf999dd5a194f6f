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
    "Citaat": ParagraphLook(12, INK, space_before=8, space_after=2, keep_with_next=True),
    "Bijschrift": ParagraphLook(9, GREY, space_after=8),
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


def new_document(*, landscape: bool = False) -> WordDocument:
    """An empty document in our look, on A4."""
    document = Document()
    _clean_up(document)
    _set_page(document, landscape)
    for name, look in STYLES.items():
        _set_style(document, name, look)
    _set_language(document)
    _set_special_styles(document)
    document.styles.element.append(parse_xml(TABLE_STYLE))
    _set_numbering(document)
    return document


def text_width(document: WordDocument) -> Length:
    """Width between the margins."""
    section = document.sections[0]
    return Length(section.page_width - section.left_margin - section.right_margin)


def _clean_up(document: WordDocument) -> None:
    """Drop what the library's own template brings along: a picture of it, and its styles twice."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(SUPERFLUOUS)]:
            relations.pop(key)
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()


def _set_page(document: WordDocument, landscape: bool) -> None:
    section = document.sections[0]
    wide, high = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = wide, high
    section.left_margin = section.right_margin = section.top_margin = MARGIN
    section.bottom_margin = Cm(2)
    section.header_distance = section.footer_distance = Cm(1)


def _set_style(document: WordDocument, name: str, look: ParagraphLook) -> None:
    styles = document.styles
    style: Any = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    if name in {"Bovenkop", "Kenmerk", "Kerncijfer", "Melding", "Kleine letters", "Tabeltekst", "Tabelkop"}:
        style.element.set(qn("w:customStyle"), "1")
        style.quick_style = True
    if name != "Normal":
        style.base_style = styles["Normal"]
    style.hidden = False
    _set_typeface(style, look)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(look.space_before), Pt(look.space_after)
    spacing.line_spacing = look.line_spacing
    spacing.keep_with_next = look.keep_with_next or None
    for border in style.element.pPr.findall(qn("w:pBdr")) + style.element.pPr.findall(qn("w:contextualSpacing")):
        style.element.pPr.remove(border)


def _set_typeface(style: ParagraphStyle, look: ParagraphLook) -> None:
    font = style.font
    properties = style.element.get_or_add_rPr()
    for name in ("w:rFonts", "w:spacing", "w:kern", "w:i", "w:iCs", "w:bCs", "w:szCs", "w:color"):
        for element in properties.findall(qn(name)):
            properties.remove(element)
    font.name, font.size, font.bold = TYPEFACE, Pt(look.size), look.bold
    font.color.rgb = RGBColor.from_string(look.color)
    properties.find(qn("w:rFonts")).set(qn("w:cs"), TYPEFACE)


def _set_language(document: WordDocument) -> None:
    """Dutch, in the defaults and in the style that all others follow."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = parse_xml(f'<w:lang {nsdecls("w")} w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>')
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(language)
    document.styles["Normal"].element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{LANGUAGE}"/>'))
    if (theme_language := document.settings.element.find(qn("w:themeFontLang"))) is not None:
        theme_language.set(qn("w:val"), LANGUAGE)


def _set_special_styles(document: WordDocument) -> None:
    """Indents, tabs, lines and backgrounds of the styles that have them."""
    styles: Any = document.styles
    width = text_width(document)
    for name in ("Header", "Footer", "toc 1", "index 2"):
        tabs = styles[name].paragraph_format.tab_stops
        tabs.clear_all()
        tabs.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    for name, indent in (("Kenmerk", FACT_COLUMN), ("Kerncijfer", FACT_COLUMN)):
        indentation = styles[name].paragraph_format
        indentation.left_indent, indentation.first_line_indent = indent, -indent
        indentation.tab_stops.add_tab_stop(indent)
    styles["List Continue"].paragraph_format.left_indent = INDENT
    styles["index 2"].paragraph_format.left_indent = INDENT
    styles["TOC Heading"].paragraph_format.page_break_before = True
    _set_borders(styles["Title"], bottom=(YELLOW, 24, 6))
    _set_borders(styles["Melding"], left=(YELLOW, 24, 8))
    _set_borders(styles["Citaat"], left=(BLUE, 24, 8))
    _set_borders(styles["Bijschrift"], left=(BLUE, 24, 8))
    _set_borders(styles["Kerncijfer"], left=(YELLOW, 24, 8))
    _set_borders(styles["Header"], bottom=(BORDER, 4, 4))
    _set_borders(styles["Footer"], top=(BORDER, 4, 4))
    hyperlink: Any = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    hyperlink.font.underline, hyperlink.font.color.rgb = True, RGBColor.from_string(BLUE)


def _set_borders(style: ParagraphStyle, **lines_: tuple[str, int, int]) -> None:
    """Lines around a paragraph: colour, eighths of a point, and points of space."""
    order = ("top", "left", "bottom", "right", "between")
    parts = "".join(
        f'<w:{side} w:val="single" w:sz="{thickness}" w:space="{space}" w:color="{color}"/>'
        for side, (color, thickness, space) in sorted(lines_.items(), key=lambda pair: order.index(pair[0]))
    )
    line = parse_xml(f"<w:pBdr {nsdecls('w')}>{parts}</w:pBdr>")
    properties: Any = style.element.get_or_add_pPr()
    properties.insert_element_before(
        line,
        *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc"),
        *("w:outlineLvl",),
    )


def _set_numbering(document: WordDocument) -> None:
    """One kind of bullets and one of numbers, each with all levels; the list styles are their first three."""
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    for kind, style in ((BULLETS, "ListBullet"), (NUMBERS, "ListNumber")):
        levels = "".join(_level_xml(level, style) for level in range(LEVELS))
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{kind}">'
                f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
            )
        )
    for kind, name in ((BULLETS, "List Bullet"), (NUMBERS, "List Number")):
        number = numbering.add_num(kind).numId
        for level, rest in enumerate(("", " 2", " 3")):
            properties: Any = document.styles[f"{name}{rest}"].element.get_or_add_pPr()
            in_style = properties.get_or_add_numPr()
            in_style.get_or_add_numId().val = number
            in_style.get_or_add_ilvl().val = level
            for indent in properties.findall(qn("w:ind")) + properties.findall(qn("w:tabs")):
                properties.remove(indent)


def _level_xml(level: int, style: str) -> str:
    """One level of a list; the first three belong to a style."""
    left = int(INDENT.twips * (level + 1))
    paragraph_style = f'<w:pStyle w:val="{style}{level + 1 if level else ""}"/>' if level < 3 else ""
    if style == "ListBullet":
        format_, text = "bullet", "•–▪"[level % 3]
    else:
        format_, text = ("decimal", "lowerLetter", "lowerRoman")[level % 3], f"%{level + 1}."
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/>{paragraph_style}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{int(INDENT.twips)}"/></w:pPr></w:lvl>'
    )
