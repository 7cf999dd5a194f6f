"""Facets: filters by slug with true counts, removable choices and words for what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django_filters import FilterSet, MultipleChoiceFilter

from .maxima import ONBEKEND, Maximum
from .text.notation import WHOLE_COUNTRY

MAX_SEARCH_LENGTH = 200
MAX_MESSAGES = 5
MAX_VISIBLE = 6
LANDELIJK = "landelijk"
Choices = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Words:
    """Per facet its choices, as pairs of value and name, and what each value means where that is written down."""

    choices: Choices
    explanations: dict[str, dict[str, str]]


def one_line(text: str) -> str:
    """What was typed in a search field, without what no text has."""
    return " ".join(text.replace("\x00", " ").split())


class UnknownChoiceError(Exception):
    """A file, feed or program was asked for with choices that nobody knows; `messages` name them in Dutch."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(*messages)
        self.messages = messages


@dataclass(frozen=True)
class Option:
    """One choice; `count` is what it would give with the other facets as they are, `without` drops a chosen one.

    `full_name` of a chosen one also says of what it is; `uitleg` says what it means.
    """

    value: str
    naam: str
    count: int
    chosen: bool
    without: str
    full_name: str = ""
    uitleg: str = ""


@dataclass(frozen=True)
class Facet:
    """One facet with all its choices, also those that would give nothing.

    `kind` is the filter that made it, and `unknown` the query for what nobody knows, once a maximum was chosen.
    """

    parameter: str
    titel: str
    options: list[Option]
    uitleg: str = ""
    kind: FacetFilter = field(default_factory=lambda: FacetFilter(source=list))
    unknown: str = ""

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.chosen]

    @property
    def is_shown(self) -> bool:
        """Whether the page offers it: one that only old addresses name appears when it was chosen."""
        return self.kind.is_offered or bool(self.chosen)

    @property
    def beside(self) -> Option | None:
        """What a chosen maximum leaves out because nobody knows it, when there is any."""
        left_out = [option for option in self.options if option.value == ONBEKEND and option.count]
        is_asked = self.kind.is_single and self.chosen and not any(option.value == ONBEKEND for option in self.chosen)
        return left_out[0] if is_asked and left_out else None

    @property
    def is_open(self) -> bool:
        """Whether its choices are in sight at once."""
        return not self.kind.is_folded or bool(self.chosen)

    @property
    def explained(self) -> list[Option]:
        """Choices of which it is known what they mean."""
        return [option for option in self.options if option.uitleg]

    @property
    def _offered(self) -> list[Option]:
        return [option for option in self.options if option.chosen or option.value not in self.kind.retired]

    @property
    def visible(self) -> list[Option]:
        """Choices to show at once, all of which give something or were chosen: of a long facet the fullest ones."""
        useful = [option for option in self._offered if option.chosen or option.count]
        if self.kind.is_single or len(self.options) <= MAX_VISIBLE + 2:
            return useful
        fullest = sorted(useful, key=lambda option: (option.chosen, option.count), reverse=True)
        return fullest[: max(MAX_VISIBLE, len(self.chosen))]

    @property
    def more(self) -> list[Option]:
        """The other choices, in the order of the vocabulary."""
        visible = self.visible
        return [option for option in self._offered if option not in visible]

    @property
    def words_for_more(self) -> str:
        """What the folded choices are called."""
        more = self.more
        if any(option.count for option in more):
            return f"Toon {len(more)} meer"
        return f"{len(more)} zonder resultaat"


class FacetFilter(MultipleChoiceFilter):
    """Choices by slug: OR within the facet; asks by primary key, so that no row comes twice."""

    is_single = False  # whether the page lets a reader choose one only
    is_offered = True
    retired: frozenset[str] = frozenset()  # choices that only old addresses name

    def __init__(
        self, *, source: Any, explanations: Mapping[str, str] | None = None, is_folded: bool = False, **kwargs: Any
    ) -> None:
        self.source, self.explanations, self.is_folded = source, explanations or {}, is_folded
        super().__init__(**kwargs)

    @property
    def _is_vocabulary(self) -> bool:
        return isinstance(self.source, type) and issubclass(self.source, Model)

    def get_choices(self) -> list[tuple[str, str]]:
        """Pairs of value and name; one query for a vocabulary, none for fixed choices."""
        if self._is_vocabulary:
            return list(self.source._default_manager.values_list("slug", "naam"))
        return list(self.source.choices if hasattr(self.source, "choices") else self.source())

    def get_explanations(self) -> dict[str, str]:
        """What each value means; one query for a vocabulary that says so."""
        if self._is_vocabulary and any(known.name == "uitleg" for known in self.source._meta.get_fields()):
            return dict(self.source._default_manager.exclude(uitleg="").values_list("slug", "uitleg"))
        return dict(self.explanations)

    def full_name(self, name: str) -> str:
        """What a choice is called where its facet is not beside it."""
        return name

    def condition(self, values: list[str]) -> Q:
        return Q(**{f"{self.field_name}__in": values})

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        return qs.filter(pk__in=qs.model._default_manager.filter(self.condition(value)).values("pk"))

    def count_values(self, qs: QuerySet) -> dict[str, int]:
        """Number of rows per value, with one grouped query."""
        rows = qs.model._default_manager.filter(pk__in=qs.order_by().values("pk"))
        return dict(rows.order_by().values_list(self.field_name).annotate(Count("pk", distinct=True)))


class MaximumFilter(FacetFilter):
    """One choice of "at most"; `left_out` says in words what is not known of those that no maximum finds."""

    is_single = True

    def __init__(self, *, source: Maximum, left_out: str, is_offered: bool = True, **kwargs: Any) -> None:
        super().__init__(source=source, **kwargs)
        self.left_out, self.is_offered = left_out, is_offered
        self.retired = frozenset(source.above[:1] if source.above else ())

    def full_name(self, name: str) -> str:
        return f"{self.label}: {name[0].lower()}{name[1:]}"


class RegioFilter(FacetFilter):
    """Regions, with "landelijk" as a choice of its own."""

    def get_choices(self) -> list[tuple[str, str]]:
        return [*super().get_choices(), (LANDELIJK, WHOLE_COUNTRY)]

    def condition(self, values: list[str]) -> Q:
        regios = super().condition(values)
        return regios | Q(landelijk=True) if LANDELIJK in values else regios

    def count_values(self, qs: QuerySet) -> dict[str, int]:
        return {**super().count_values(qs), LANDELIJK: qs.filter(landelijk=True).count()}


def read_words(filterset: type[FacetFilterSet]) -> Words:
    """The words of each facet of these filters; one or two queries for each vocabulary."""
    facets = {name: f for name, f in filterset.base_filters.items() if isinstance(f, FacetFilter)}
    return Words(
        {name: facet.get_choices() for name, facet in facets.items()},
        {name: facet.get_explanations() for name, facet in facets.items()},
    )


class FacetFilterSet(FilterSet):
    """A list with facets; unknown choices are left out and named in `messages`, in plain Dutch."""

    orderings: dict[str, str] = {}

    def __init__(self, data: QueryDict, queryset: QuerySet, **kwargs: Any) -> None:
        self.messages: list[str] = []
        self.page = data.get("pagina", "")
        self.words = self.get_words()
        self.choices = self.words.choices
        super().__init__(self._sanitize(data), queryset, **kwargs)
        for name, facetfilter in self._facet_filters():
            facetfilter.extra["choices"] = self.choices[name]

    def get_words(self) -> Words:
        """The words of each facet."""
        return read_words(type(self))

    def _facet_filters(self) -> Iterator[tuple[str, FacetFilter]]:
        return ((name, f) for name, f in self.filters.items() if isinstance(f, FacetFilter))

    def _sanitize(self, data: QueryDict) -> QueryDict:
        """Copy of the query that holds only known filters and values."""
        clean = QueryDict(mutable=True)
        for name in data:
            if name in self.choices:
                clean.setlist(name, self._known_values(name, data.getlist(name)))
            elif name in self.base_filters:
                clean[name] = self._search_text(str(data[name]))
            elif name == "sorteer":
                clean[name] = self._known_ordering(str(data[name]))
            elif name != "pagina" and not name.startswith("utm_"):
                self._notify(f"Het filter “{name[:60]}” kennen we niet. We hebben het niet gebruikt.")
        return clean

    def _known_values(self, name: str, values: list[str]) -> list[str]:
        known = dict(self.choices[name])
        label = self.base_filters[name].label.lower()
        for value in values:
            if value and value not in known:
                self._notify(f"Bij {label} kennen we “{value[:60]}” niet. We hebben deze keuze niet gebruikt.")
        return [value for value in dict.fromkeys(values) if value in known]

    def _search_text(self, text: str) -> str:
        text = one_line(text)
        if len(text) > MAX_SEARCH_LENGTH:
            self._notify(f"Uw zoekvraag is te lang. We zochten op de eerste {MAX_SEARCH_LENGTH} tekens.")
        return text[:MAX_SEARCH_LENGTH]

    def _known_ordering(self, ordering: str) -> str:
        if ordering and ordering not in self.orderings:
            self._notify(f"Sorteren op “{ordering[:60]}” kan niet. U ziet de gewone volgorde.")
            return ""
        return ordering

    def refuse_unknown(self) -> None:
        """Raise UnknownChoiceError when something was left out: a file would not show that it is another list."""
        if self.messages:
            raise UnknownChoiceError(self.messages)

    def _notify(self, message: str) -> None:
        if len(self.messages) < MAX_MESSAGES:
            self.messages.append(message)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return self.apply_ordering(super().filter_queryset(queryset))

    def apply_ordering(self, queryset: QuerySet) -> QuerySet:
        """Rows in the order that `ordering` names."""
        return queryset

    @property
    def ordering(self) -> str:
        """Chosen order, or the first one."""
        return self.data.get("sorteer") or next(iter(self.orderings))

    def facets(self) -> list[Facet]:
        """All facets with true counts, each with its own choices left out."""
        counts = self.counts()
        return [self._facet(name, facetfilter, counts.get(name, {})) for name, facetfilter in self._facet_filters()]

    def counts(self) -> dict[str, dict[str, int]]:
        """Number of rows per facet and value; one or two queries a facet."""
        return {name: facetfilter.count_values(self._qs_without(name)) for name, facetfilter in self._facet_filters()}

    def _facet(self, name: str, facetfilter: FacetFilter, counts: dict[str, int]) -> Facet:
        chosen = self.data.getlist(name)
        without = {value: self._without(name, value) for value in chosen}
        explanations = self.words.explanations[name]
        options = [
            Option(
                value,
                label,
                counts.get(value, 0),
                value in chosen,
                without.get(value, ""),
                facetfilter.full_name(label) if value in chosen else label,
                explanations.get(value, ""),
            )
            for value, label in self.choices[name]
        ]
        unknown = self._only(name, ONBEKEND) if chosen and facetfilter.is_single else ""
        return Facet(name, facetfilter.label, options, facetfilter.extra.get("help_text", ""), facetfilter, unknown)

    @cached_property
    def _chosen(self) -> dict[str, Any]:
        """Validated value of each filter."""
        self.form.full_clean()
        return self.form.cleaned_data

    def _qs_without(self, omitted: str) -> QuerySet:
        """Rows that meet all filters but one."""
        qs = self.queryset.all()
        for name, value in self._chosen.items():
            if name != omitted:
                qs = self.filters[name].filter(qs, value)
        return qs

    def _without(self, parameter: str, value: str) -> str:
        rest = self.data.copy()
        rest.setlist(parameter, [kept for kept in rest.getlist(parameter) if kept != value])
        return f"?{rest.urlencode()}"

    def _only(self, parameter: str, value: str) -> str:
        rest = self.data.copy()
        rest.setlist(parameter, [value])
        return f"?{rest.urlencode()}"

    @property
    def without_search(self) -> str:
        """Query string without the search words."""
        return self._without("zoek", self.data.get("zoek", ""))

    @property
    def chosen_pairs(self) -> list[tuple[str, str]]:
        """All known choices as pairs, for hidden fields and links to other pages of the list."""
        return [(name, value) for name, values in self.data.lists() for value in values if value]

    @property
    def query_string(self) -> str:
        """Query string of this list, for the same list in another form."""
        return f"?{self.data.urlencode()}" if self.chosen_pairs else ""

    @property
    def active_count(self) -> int:
        """How many choices narrow the list."""
        return sum(name != "sorteer" for name, _ in self.chosen_pairs)
