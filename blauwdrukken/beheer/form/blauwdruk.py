"""The editing form of a blueprint: a tab for each group of the format, in its order."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminAutoHeightTextInput

from ...models import Blauwdruk
from ...secties import SECTIES, SECTIES_BY_FIELD, Groep, Soort
from .panels import (
    RowsPanel,
    Tabs,
    checkbox_panel,
    explain_sectie,
    planning_panel,
    sectie_panel,
    title_and_address_panel,
)

BASIC_PANELS = [
    title_and_address_panel(
        FieldPanel("samenvatting", help_text="Eén of twee zinnen. Dit leest een bezoeker in de lijst."),
        heading="Wat is het",
        help_text="Kort en herkenbaar. Bijvoorbeeld: “Op de bus langs vijf werkgevers”.",
    ),
    MultiFieldPanel(
        [
            FieldPanel("landelijk"),
            checkbox_panel("regios", help_text="De regio’s die met deze aanpak werken."),
            checkbox_panel("themas", help_text=explain_sectie("themas")),
            FieldPanel("thema_anders", help_text="Alleen als geen van de thema’s past."),
            checkbox_panel("doelgroepen", help_text="Voor wie is de aanpak? U kunt er meer kiezen."),
            FieldPanel("contactorganisatie", help_text="Bij wie kan een lezer terecht? Een organisatie, geen persoon."),
        ],
        heading="Waar en voor wie",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("fase"), FieldPanel("programma")]),
            FieldRowPanel(
                [
                    FieldPanel(
                        "looptijd_maanden", help_text="Hoe lang het hoogstens duurt. Weet u dat niet? Laat dit leeg."
                    ),
                    FieldPanel(
                        "looptijd_toelichting",
                        help_text="Wat het getal niet zegt. Bijvoorbeeld: “alleen de interviews”, of zonder getal: "
                        "“een tour duurt 6 dagen”.",
                    ),
                ]
            ),
            FieldRowPanel([FieldPanel("laatst_gewijzigd"), FieldPanel("herzien_voor")]),
            FieldPanel("stand", help_text="Bijvoorbeeld: “Proef met 20 deelnemers, tot juli”."),
        ],
        heading="Stand van zaken",
    ),
    planning_panel(),
]
CLOSING_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("wat_veranderd"),
            FieldRowPanel([FieldPanel("herkomst"), FieldPanel("bron")]),
            FieldPanel("toelichting"),
        ],
        heading="Voor u publiceert",
    ),
]
JUDGEMENT_HELP = (
    "Hoe zeker is het dat de aanpak werkt, en wie zegt dat? Voeg voor elk oordeel een bewijs toe. De site toont het "
    "hoogste niveau waarvan de grond is ingevuld. Wat elk niveau vraagt, staat op de pagina Over de kennisbank."
)
GROUND_HELP = (
    "Wat is er te lezen? Bijvoorbeeld: “Eindverslag: 23 van de 28 deelnemers hadden na een jaar werk. Het doel was "
    "20.” Verplicht bij geëvalueerd en bij onafhankelijk onderzocht."
)
# What needs more than the fields of the model below each other.
ROW_PANELS: dict[str, list[Any]] = {
    "partijen": [
        FieldRowPanel([FieldPanel("organisatie"), FieldPanel("rol")]),
        FieldPanel("cruciaal"),
        FieldPanel("toelichting", help_text="Bijvoorbeeld: “Werft de deelnemers”."),
    ],
    "bewijzen": [
        FieldPanel("niveau"),
        FieldRowPanel([FieldPanel("door"), FieldPanel("datum")]),
        FieldPanel("grond", help_text=GROUND_HELP, widget=AdminAutoHeightTextInput),
        FieldPanel("link"),
    ],
    "kosten": [
        FieldPanel("omschrijving", help_text="Bijvoorbeeld: “Huur van de bus”."),
        FieldPanel(
            "soort",
            help_text="Kies “kosten van de aanpak” alleen als dit bedrag alles samen is. Alleen zulke kosten en "
            "prijzen tellen mee als een lezer op kosten zoekt of vergelijkt. Een subsidie, bijdrage, budget of "
            "onderdeel telt niet mee. Weet u het niet? Kies “niet bekend”.",
        ),
        FieldRowPanel(
            [
                FieldPanel("bedrag_van"),
                FieldPanel("bedrag_tot", help_text="Leeg als niet bekend is hoe hoog het hoogstens wordt."),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel(
                    "eenheid", help_text="“Per uitvoering” is één keer alles doen. “In totaal” is niet te vergelijken."
                ),
                FieldPanel("hoe_vaak", help_text="Eén keer betalen, of elk jaar opnieuw?"),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("voor_wie", help_text="Bijvoorbeeld: “een groep van 10 tot 12 werkgevers”."),
                FieldPanel("btw"),
            ]
        ),
        FieldPanel("toelichting"),
    ],
    "kerncijfers": [
        FieldPanel(
            "soort",
            help_text="Een uitkomst is wat is bereikt. Is het nog een plan? Kies “Doel”. De lezer ziet uitkomsten "
            "eerst.",
        ),
        FieldRowPanel([FieldPanel("waarde"), FieldPanel("eenheid")]),
        FieldPanel("omschrijving", help_text="Wat telt dit cijfer? Bijvoorbeeld: “deelnemers met een baan”."),
    ],
    "citaten": [
        FieldPanel("tekst"),
        FieldPanel("functie"),
        FieldRowPanel([FieldPanel("herkomst"), FieldPanel("jaar")]),
    ],
    "werkdocumenten": [
        FieldRowPanel([FieldPanel("titel"), FieldPanel("soort")]),
        FieldPanel("bestand", help_text="Kies een bestand of geef een link, niet allebei."),
        FieldRowPanel([FieldPanel("link"), FieldPanel("link_gezien")]),
        FieldPanel("toelichting"),
    ],
}


def make_rows_panel(field: str, *, heading: str = "", help_text: str = "") -> RowsPanel:
    """Rows of one kind; what the format asks is their heading, unless they are no section of it."""
    heading, help_text = heading or SECTIES_BY_FIELD[field].kop, help_text or explain_sectie(field)
    model = Blauwdruk._meta.get_field(field).related_model
    panels = ROW_PANELS.get(field) or [FieldPanel(name) for name in edited_fields(model)]
    return RowsPanel(field, panels, heading=heading, label=model._meta.verbose_name, help_text=help_text)


def edited_fields(model: Any) -> list[str]:
    """Fields of a row that somebody fills in, in the order of the model."""
    return [f.name for f in model._meta.fields if f.editable and f.name not in {"id", "blauwdruk", "sort_order"}]


ROWS_AFTER_SECTIE: dict[str, RowsPanel] = {  # rows that are no section of the format, and after which section they come
    "doelgroep": make_rows_panel(
        "kerncijfers",
        heading="Kerncijfers",
        help_text="Cijfers die in één oogopslag laten zien wat de aanpak doet. Bijvoorbeeld: 40 deelnemers.",
    ),
    "aandachtspunten": make_rows_panel("bewijzen", heading="Hoe zeker is dit?", help_text=JUDGEMENT_HELP),
    "leerpunten": make_rows_panel(
        "citaten",
        heading="Citaten",
        help_text="Wat iemand over deze aanpak zei, letterlijk en kort. Noem de functie, nooit de naam.",
    ),
    "financiering": make_rows_panel(
        "kosten",
        heading="Kosten",
        help_text="Elk bedrag apart, in euro’s. Een vast bedrag vult u bij vanaf en bij tot en met in.",
    ),
}


def make_panels(group: Groep) -> list[Any]:
    """Editing panels of one group of the format, in its order."""
    made: list[Any] = []
    for sectie in SECTIES:
        if sectie.groep is not group or sectie.soort is Soort.KEUZE:
            continue
        is_text = sectie.soort is Soort.TEKST
        made.append(sectie_panel(sectie.veld) if is_text else make_rows_panel(sectie.veld))
        if sectie.veld in ROWS_AFTER_SECTIE:
            made.append(ROWS_AFTER_SECTIE[sectie.veld])
    return made


def make_tab(group: Groep) -> ObjectList:
    """The tab of one group; the first also has the facts, the last what comes before publishing."""
    before = BASIC_PANELS if group is Groep.KERN else []
    after = CLOSING_PANELS if group is Groep.BIJLAGEN else []
    return ObjectList([*before, *make_panels(group), *after], heading=group.value)


FORM = Tabs([make_tab(group) for group in Groep])
