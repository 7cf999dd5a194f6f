"""How sure it is that an approach works: the levels, and what must be there to read for each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class Onderbouwing(models.TextChoices):
    """Levels, the lowest first."""

    ONBEKEND = "onbekend", "Onderbouwing onbekend"
    BESCHREVEN = "beschreven", "Beschreven door uitvoerders"
    GEEVALUEERD = "geevalueerd", "Geëvalueerd"
    ONAFHANKELIJK = "onafhankelijk", "Onafhankelijk onderzocht"

    @property
    def trede(self) -> int:
        """How many levels are below this one: so many hexagons are filled."""
        return list(type(self)).index(self)

    @property
    def needs_ground(self) -> bool:
        """Whether this says more than that somebody told about the approach."""
        return self.trede > type(self).BESCHREVEN.trede


@dataclass(frozen=True)
class Criteria:
    """What must be there to read for a level: what was shown, by whom, and in how many places."""

    niveau: Onderbouwing
    shown: str
    by: str
    places: str

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Each question with its answer; what is not asked is left out."""
        asked = {"Wat is er te lezen?": self.shown, "Wie ging het na?": self.by, "Op hoeveel plekken?": self.places}
        return [(question, answer) for question, answer in asked.items() if answer]


CRITERIA = (
    Criteria(
        Onderbouwing.ONBEKEND,
        "Niets, of alleen dat er iets is nagegaan. Een evaluatie zonder uitkomst die te lezen is, telt als onbekend.",
        "",
        "",
    ),
    Criteria(
        Onderbouwing.BESCHREVEN,
        "Wat is gedaan en wat de uitvoerders zagen. Er mogen cijfers bij staan. Niemand is nagegaan of die door de "
        "aanpak komen.",
        "De mensen die de aanpak uitvoerden, of wie namens hen schrijft.",
        "Eén plek is genoeg.",
    ),
    Criteria(
        Onderbouwing.GEEVALUEERD,
        "Wat de aanpak opleverde: wat er is gemeten, bij hoeveel mensen of bedrijven, en hoe dat zich verhoudt tot het "
        "doel of tot hoe het eerst ging. De uitkomst is te lezen.",
        "Iedereen, ook de uitvoerders. Wel staat erbij wie het naging en wanneer.",
        "Eén plek is genoeg.",
    ),
    Criteria(
        Onderbouwing.ONAFHANKELIJK,
        "Hetzelfde, en bovendien een vergelijking met mensen of bedrijven die niet meededen, of met een andere plek. "
        "Het onderzoek is te lezen.",
        "Een onderzoeker die niet meedeed en niet meebetaalde aan de aanpak.",
        "Minstens twee plekken.",
    ),
)
