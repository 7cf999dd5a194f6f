"""The pictures of the manual: for each page who is logged in, what they do and which part of the screen is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page

from tests.browser.manual import accounts, lists, texts
from tests.browser.manual.controls import Parts
from tests.browser.practice_entries import COORDINATOR, EMPLOYERS, NEWCOMER, SECRETARY


class Picture(NamedTuple):
    """An account, and what it does: the function answers the parts of the page to show."""

    account: str
    make: Callable[[Page], Parts]


PICTURES: dict[str, Picture] = {  # name of the page and of its picture -> how it is made
    "inloggen": Picture(NEWCOMER, accounts.login),
    "startscherm": Picture(COORDINATOR, lists.home),
    "lijsten": Picture(COORDINATOR, lists.lists),
    "schrijven": Picture(COORDINATOR, texts.write),
    "controleren": Picture(COORDINATOR, texts.check),
    "voorbeeld": Picture(COORDINATOR, texts.preview),
    "bestanden": Picture(COORDINATOR, texts.bestanden),
    "beoordelen": Picture(SECRETARY, texts.review),
    "opmerkingen": Picture(SECRETARY, texts.opmerkingen),
    "plannen": Picture(SECRETARY, texts.schedule),
    "intrekken": Picture(SECRETARY, texts.withdraw),
    "versies": Picture(SECRETARY, texts.versies),
    "geschiedenis": Picture(SECRETARY, texts.history),
    "samen-werken": Picture(SECRETARY, texts.work_together),
    "projecten": Picture(COORDINATOR, lists.projecten),
    "verhalen": Picture(COORDINATOR, lists.verhalen),
    "paginas": Picture(SECRETARY, lists.paginas),
    "begrippen": Picture(SECRETARY, lists.begrippen),
    "synoniemen": Picture(SECRETARY, lists.synoniemen),
    "woordenlijsten": Picture(SECRETARY, lists.vocabularies),
    "organisaties": Picture(SECRETARY, lists.organisaties),
    "gebruikers": Picture(SECRETARY, accounts.users),
    "account": Picture(EMPLOYERS, accounts.account),  # last: it asks for a code from then on
}
