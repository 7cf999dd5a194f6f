"""The pictures of the manual: for each page who is logged in, what they do and which part of the screen is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page

from tests.browser.manual import accounts
from tests.browser.manual import lists as lijsten
from tests.browser.manual import texts as teksten
from tests.browser.manual.controls import Delen
from tests.browser.practice_entries import COORDINATOR, NIEUW, SECRETARIS, WERKGEVERS


class Beeld(NamedTuple):
    """An account, and what it does: the function answers the parts of the page to show."""

    wie: str
    maak: Callable[[Page], Delen]


BEELDEN: dict[str, Beeld] = {  # name of the page and of its picture -> how it is made
    "inloggen": Beeld(NIEUW, accounts.inloggen),
    "startscherm": Beeld(COORDINATOR, lijsten.startscherm),
    "lijsten": Beeld(COORDINATOR, lijsten.lijsten),
    "schrijven": Beeld(COORDINATOR, teksten.schrijven),
    "controleren": Beeld(COORDINATOR, teksten.controleren),
    "voorbeeld": Beeld(COORDINATOR, teksten.voorbeeld),
    "bestanden": Beeld(COORDINATOR, teksten.bestanden),
    "beoordelen": Beeld(SECRETARIS, teksten.beoordelen),
    "opmerkingen": Beeld(SECRETARIS, teksten.opmerkingen),
    "plannen": Beeld(SECRETARIS, teksten.plannen),
    "intrekken": Beeld(SECRETARIS, teksten.intrekken),
    "versies": Beeld(SECRETARIS, teksten.versies),
    "geschiedenis": Beeld(SECRETARIS, teksten.geschiedenis),
    "samen-werken": Beeld(SECRETARIS, teksten.samen_werken),
    "projecten": Beeld(COORDINATOR, lijsten.projecten),
    "verhalen": Beeld(COORDINATOR, lijsten.verhalen),
    "paginas": Beeld(SECRETARIS, lijsten.paginas),
    "begrippen": Beeld(SECRETARIS, lijsten.begrippen),
    "synoniemen": Beeld(SECRETARIS, lijsten.synoniemen),
    "woordenlijsten": Beeld(SECRETARIS, lijsten.woordenlijsten),
    "organisaties": Beeld(SECRETARIS, lijsten.organisaties),
    "gebruikers": Beeld(SECRETARIS, accounts.gebruikers),
    "account": Beeld(WERKGEVERS, accounts.account),  # last: it asks for a code from then on
}
