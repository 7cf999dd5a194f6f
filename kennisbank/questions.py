"""Questions that people come to the start page with, each the filter of the list that answers it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from blauwdrukken.depends import only_this_once
from blauwdrukken.search.engine import NoIndexError, SearchEngine
from blauwdrukken.search.gateway import gateway

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Question:
    """A question in the words of who asks it; `name` is "zoek" or a facet, and `value` what answers it there."""

    text: str
    name: str
    value: str

    @property
    def url(self) -> str:
        """The list as this question filters it."""
        return f"{reverse('blauwdruk-list')}?{urlencode({self.name: self.value})}"

    def count(self, engine: SearchEngine) -> int:
        """How many blueprints that list has."""
        is_search = self.name == "zoek"
        return engine.count(self.value if is_search else "", {} if is_search else {self.name: [self.value]})


QUESTIONS = (
    Question("Statushouders aan het werk", "doelgroep", "statushouders"),
    Question("Minder uitval door ziekte", "zoek", "ziekteverzuim"),
    Question("Mensen in de bijstand aan het werk", "doelgroep", "bijstand"),
    Question("Leren en werken tegelijk", "thema", "scholing"),
    Question("Kandidaten en werkgevers bij elkaar brengen", "thema", "matching"),
    Question("Banen maken die er nog niet waren", "thema", "jobcreatie"),
)


@dataclass(frozen=True)
class Answered:
    """A question with the number of blueprints that answer it."""

    question: Question
    count: int


def answered_questions() -> list[Answered]:
    """The questions that lead somewhere; none while there is no index, for the rest of the page needs it not."""
    try:
        engine = gateway().engine()
        counted = [Answered(question, question.count(engine)) for question in QUESTIONS]
    except (NoIndexError, OSError):
        logger.warning("No questions on the start page: there is no search index")
        only_this_once()
        return []
    return [answered for answered in counted if answered.count]
