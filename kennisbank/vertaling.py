"""Words of Wagtail's back office that its Dutch translation leaves in English, or says in office jargon."""

from __future__ import annotations

from gettext import NullTranslations

from django.utils.translation import trans_real

TEKSTEN: dict[str | tuple[str, int], str] = {
    "Actions": "Acties",
    "Admin theme": "Kleuren van het beheer",
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
    "1 snippet selected": "1 gekozen",
    "%(objects)s snippets selected": "%(objects)s gekozen",
    ("1 snippet type", 0): "1 soort",
    ("1 snippet type", 1): "%(counter)s soorten",
}


class Aanvulling(NullTranslations):
    """Our words, in the form in which Django keeps those of a language."""

    def __init__(self) -> None:
        super().__init__()
        self._catalog = TEKSTEN
        self.plural = lambda aantal: int(aantal != 1)


def vul_aan() -> None:
    """Let our words go before those of Wagtail."""
    trans_real.translation("nl").merge(Aanvulling())
