"""Words of Wagtail's back office that its Dutch translation leaves in English, says in jargon, or says with "je"."""

from __future__ import annotations

import re
from collections.abc import Callable
from gettext import NullTranslations

from django.utils.translation import trans_real

TEXTS: dict[str | tuple[str, int], str] = {
    "admin theme": "licht of donker",
    "Theme preferences": "Hoe het scherm eruitziet",
    "All %(objects)s snippets on this screen selected": "Alle %(objects)s op dit scherm gekozen",
    "All snippets in listing selected": "Alles in de lijst gekozen",
    "Are you sure you want to delete %(count)s %(snippet_type_name)s?": (
        "Weet u zeker dat u %(count)s %(snippet_type_name)s wilt verwijderen?"
    ),
    "Are you sure you want to delete this %(model_name)s?": "Weet u zeker dat u dit wilt verwijderen: %(model_name)s?",
    "Bold": "Vet",
    "Bulk actions": "Wat u met de gekozen regels kunt doen",
    "Can access Wagtail admin": "Mag in het beheer",
    "Checks": "Controles",
    "Content metrics": "Over de tekst",
    "Dashboard": "Start",
    "Default": "Standaard",
    "Delete %(snippet_type_name)s": "Verwijder %(snippet_type_name)s",
    "Delete selected snippets": "Verwijder wat is gekozen",
    "Enable custom keyboard shortcuts specific to Wagtail.": "Zet de sneltoetsen van het beheer aan.",
    "Error 404": "Pagina niet gevonden",
    "Error 404: Page not found": "Pagina niet gevonden",
    "File": "Bestand",
    "Go to Wagtail admin": "Ga naar het beheer",
    "Grid layout": "Als tegels",
    "Home": "Start",
    "Italic": "Schuin",
    "Minimap": "Overzicht van het formulier",
    "Monospace (code)": "Vaste breedte",
    "No %(model_name)s match your query.": "Er zijn geen %(model_name)s gevonden.",
    "Select all snippets in listing": "Kies alles in de lijst",
    "Site history": "Wie deed wat",
    'Sorry, no documents match "<em>%(query_string)s</em>"': "Er zijn geen documenten gevonden.",
    "Subscript": "Laag geplaatst",
    "Superscript": "Hoog geplaatst",
    "There are no %(model_name)s to display.": "Er zijn nog geen %(model_name)s.",
    "Toggle checks": "Controles tonen of verbergen",
    "Toggle minimap": "Overzicht van het formulier tonen of verbergen",
    "Workflow tasks": "Taken in workflows",
    'You haven\'t uploaded any documents. Why not <a href="%(wagtaildocs_add_document_url)s">upload one now</a>?': (
        'Er zijn nog geen documenten. <a href="%(wagtaildocs_add_document_url)s">Voeg een document toe</a>.'
    ),
    'You haven\'t uploaded any images. Why not <a href="%(wagtailimages_add_image_url)s">upload one now</a>?': (
        'Er zijn nog geen afbeeldingen. <a href="%(wagtailimages_add_image_url)s">Voeg een afbeelding toe</a>.'
    ),
    "1 snippet selected": "1 gekozen",
    "%(objects)s snippets selected": "%(objects)s gekozen",
    ("1 snippet type", 0): "1 soort",
    ("1 snippet type", 1): "%(counter)s soorten",
    "Anyone can edit this %(model_name)s – lock it to prevent others from editing": (
        "Wie deze tekst mag bewerken, kan dat nu doen. Zet de tekst op slot als u alleen wilt werken."
    ),
    "Anyone with editing permissions can create schedules": "Alleen het secretariaat kan dit plannen.",
    "Choose when this %(model_name)s should go live and/or expire": (
        "Kies wanneer de tekst op de site komt, en wanneer die er weer af gaat. Leeg mag ook."
    ),
    "Currently locked and will go live on the scheduled date": (
        "De tekst staat op slot en komt op het geplande moment op de site."
    ),
    "Edit schedule": "Wijzig planning",
    "Invalid schedule": "De planning klopt niet",
    "Lock": "Op slot zetten",
    "Locked": "Op slot",
    "Locked by another user": "Op slot gezet door een ander",
    "Locked by schedule": "Op slot: staat gepland",
    "Locked by workflow": "Op slot: wordt beoordeeld",
    "Locked by you": "Door u op slot gezet",
    "No one can make changes while the %(model_name)s is locked": (
        "Zolang de tekst op slot staat, kan niemand iets veranderen."
    ),
    "No publishing schedule set": "Niets gepland",
    "Only %(user)s can make changes while the %(model_name)s is locked": (
        "Zolang de tekst op slot staat, kan alleen %(user)s iets veranderen."
    ),
    "Only you can make changes while the %(model_name)s is locked": (
        "Zolang de tekst op slot staat, kunt alleen u iets veranderen."
    ),
    "Preview mode": "Wat wilt u zien?",
    "Reviewers can edit this %(model_name)s – lock it to prevent other reviewers from editing": (
        "Wie beoordeelt, kan de tekst nu bewerken. Zet de tekst op slot als u alleen wilt werken."
    ),
    "Save schedule": "Bewaar planning",
    "Set publishing schedule": "Plan publicatie",
    "Set schedule": "Plan",
    "Unlock": "Van slot halen",
    "Unlocked": "Niet op slot",
}


INFORMAL = re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE)
CONJUGATED = {"ben": "bent", "heb": "hebt", "kan": "kunt", "kun": "kunt", "wil": "wilt"}
CONJUGATED |= {"voeg": "voegt", "upload": "uploadt", "maak": "maakt", "weet": "weet"}
RULES: list[tuple[str, Callable[[re.Match[str]], str]]] = [  # in this order: what is left over is of somebody
    (rf"\b({'|'.join(CONJUGATED)}) je\b", lambda m: f"{match_case(CONJUGATED[m[1].lower()], m[1])} u"),
    (
        r"\b(je|jij) (bekijkt|bent|gaat|heb|hebt|kan|krijgt|kunt|moet|ontvangt|wilt)\b",
        lambda m: f"{match_case('u', m[1])} {CONJUGATED.get(m[2], m[2])}",
    ),
    (r"\b(als|dat|die|voordat|waar|zoals) je\b", lambda m: f"{m[1]} u"),
    (r"\bje (?=(de|deze|dit|een|er|in dat|niet|nooit|verdergaat)\b)", lambda m: f"{match_case('u', m[0])} "),
    (r"\b(jij|jou)\b", lambda m: match_case("u", m[0])),
    (r"\b(je|jouw)\b", lambda m: match_case("uw", m[0])),
]


def match_case(woord: str, voorbeeld: str) -> str:
    """The word, with a capital where the example has one."""
    return woord.capitalize() if voorbeeld[0].isupper() else woord


def make_formal(tekst: str) -> str:
    """A sentence that says "je" with "u" in its place."""
    for patroon, vervang in RULES:
        tekst = re.sub(patroon, vervang, tekst, flags=re.IGNORECASE)
    return tekst


class OwnTranslations(NullTranslations):
    """Our words, in the form in which Django keeps those of a language."""

    def __init__(self, van_wagtail: trans_real.DjangoTranslation) -> None:
        super().__init__()
        teksten = van_wagtail._catalog  # type: ignore[attr-defined]
        met_je = {sleutel for sleutel, tekst in teksten.items() if INFORMAL.search(tekst)}
        self._catalog = {sleutel: make_formal(teksten[sleutel]) for sleutel in met_je} | TEXTS
        self.plural = lambda aantal: int(aantal != 1)


def add_own_translations() -> None:
    """Let our words go before those of Wagtail."""
    nederlands = trans_real.translation("nl")
    nederlands.merge(OwnTranslations(nederlands))
