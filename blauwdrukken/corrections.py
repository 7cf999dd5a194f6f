"""Brings what changed in the shipped content to a running site, past nobody's work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from regios.models import Gemeente, Regio

from .authorship import by_people, deleted_by_people, is_made_by_people, people_revisions, touched_by_people
from .content_loader import (
    Content,
    ContentLoader,
    Row,
    Rows,
    entry_content,
    entry_key,
    find_entry,
    find_row,
    fingerprint,
    publish_entry,
    row_values,
)
from .models import Blauwdruk, Opmerking, OudAdres, Shipment, Synoniem
from .models.publication import AddressTakenError, Publicatie
from .secties import SECTIES_BY_FIELD

OFFERED = "Bij de software hoort een verbeterde tekst. Die staat klaar als concept. Veranderd: {names}."
KEPT = "Dit hebt u zelf geschreven en is niet veranderd, maar de meegeleverde tekst is daar ook anders: {names}."
BUSY = "Bij de software hoort een verbeterde tekst, maar u werkt aan een concept. Kijk zelf naar: {names}."
IMPROVED = "Tekst verbeterd: {names}."


class CorrectionLoader(ContentLoader):
    """Loader for a site in use."""

    def note(self, outcome: str, what: object) -> None:
        self.report.setdefault(outcome, []).append(str(what))

    def attempt(self, source: str, work: Callable[[], None]) -> bool:
        """Do this part of the files; what cannot be placed is reported, and does not hold up the rest."""
        try:
            with transaction.atomic():
                work()
                return True
        except (ValueError, ValidationError, AddressTakenError) as error:
            reason = "; ".join(error.messages) if isinstance(error, ValidationError) else error
            self.note("Niet gelukt", f"{source}: {reason}")
            return False

    def touched(self, model: type[models.Model]) -> set[Any]:
        """Keys of regions or municipalities that somebody of this site changed."""
        key = "slug" if model is Regio else "cbs_code"
        return set(model._default_manager.filter(pk__in=touched_by_people(model)).values_list(key, flat=True))

    def regios_left_alone(self) -> set[Any]:
        """Regions and municipalities that the files must not overwrite."""
        return self.touched(Regio) | self.touched(Gemeente)

    # Entries

    def is_handled(self, model: type[models.Model], key: object, source: Row) -> bool:
        """Whether this very text was brought before."""
        shipment = Shipment.objects.of(model, key)
        return bool(shipment and shipment.content["file"] == fingerprint(source))

    def place(self, kind: str, new: Publicatie, rows: Rows, source: Row) -> None:
        """Publish, offer or leave alone what the files say of one entry."""
        shipment = Shipment.objects.of(type(new), entry_key(new))
        entry = self._find(new, shipment)
        if entry is None:
            self._add(kind, new, rows, source, known=shipment is not None)
        elif not shipment and is_made_by_people(entry):
            self.note("Niet toegevoegd, want het nummer of adres is al van een eigen tekst", new)
        elif not entry.live:
            self.note("Ingetrokken gebleven", entry)
        elif is_untouched(entry, shipment):
            self._publish(kind, entry, new, rows)
            self.keep(find_entry_again(entry), new, source)
        else:
            self._offer(entry, new, rows, shipped_before(entry, shipment))
            self.keep(entry, new, source, shown=False)

    def _find(self, new: Publicatie, shipment: Shipment | None) -> Any:
        """The entry on this site, also when it got another address since."""
        if shipment:
            return type(new)._default_manager.filter(pk=shipment.object_id).first()
        moved = OudAdres.objects.filter(pad=new.get_absolute_url()).first()
        return find_entry(new) or (moved.entry if moved and isinstance(moved.entry, type(new)) else None)

    def _add(self, kind: str, new: Any, rows: Rows, source: Row, *, known: bool) -> None:
        if known or deleted_by_people(new):
            self.note("Verwijderd gebleven", new)
            return
        publish_entry(None, new, rows)
        self.keep(new, new, source)
        self._count(kind, True)
        self.note("Toegevoegd", new)

    def _publish(self, kind: str, entry: Any, new: Any, rows: Rows) -> None:
        names = changed_names(entry, with_rows(new, rows))
        if isinstance(new, Blauwdruk):
            new.wat_veranderd = sentence(IMPROVED, names)
        if publish_entry(entry, new, rows):
            self._count(kind, True)
            self.note("Verbeterd", new)

    def _offer(self, entry: Any, new: Any, rows: Rows, base: Content | None) -> None:
        """Put the corrections in a draft where nobody wrote something else, and say so in a remark."""
        mine = entry.latest_revision.as_object() if has_own_draft(entry) else entry
        shipped, now = entry_content(with_rows(new, rows)), entry_content(mine)
        corrected = [n for n in changed_names(mine, new) if base is None or base.get(n) != shipped[n]]
        if corrected and entry.has_unpublished_changes and mine is entry:
            self._remark(entry, sentence(BUSY, corrected, 1900), "Alleen gemeld, want er is al een concept")
        elif corrected:
            free = [name for name in corrected if base is None or agree(base.get(name), now[name])]
            own = [name for name in corrected if name not in free]
            if free:
                save_draft(entry, new, free)
            text = " ".join(sentence(words, some, 900) for words, some in ((OFFERED, free), (KEPT, own)) if some)
            self._remark(entry, text, "Als concept klaargezet" if free else "Alleen gemeld, want zelf geschreven")

    def _remark(self, entry: Any, text: str, outcome: str) -> None:
        Opmerking.objects.create(entry=entry, tekst=text, automatisch=True)
        self.note(outcome, entry)

    # Rows of vocabularies

    def write(self, model: type[Any], key: str, row: Row, fields: dict[str, Any]) -> None:
        """Bring one row in line with the files, except where somebody of this site changed it."""
        shipment, shipped = Shipment.objects.of(model, row[key]), row_values(fields)
        if shipment and shipment.content == shipped:
            return
        current = model.objects.filter(pk=shipment.object_id).first() if shipment else find_row(model, key, row[key])
        if current is None and shipment:
            self.note("Verwijderd gebleven", row[key])
            return
        left = fields_left(current, fields, shipment) if current else []
        if left:
            self.note("Zelf veranderd en zo gelaten", f"{current} ({', '.join(sorted(left))})")
        free = {name: value for name, value in fields.items() if name not in left}
        instance = current or model()
        if self.attempt(str(row[key]), lambda: save_row(instance, free)):
            Shipment.objects.keep(instance, row[key], shipped)

    def load_synoniemen(self) -> None:
        """New lists come, lists that were shipped before and stayed as they were go; those of others stay."""
        shipped = set(self.synonyms())
        kept = Shipment.objects.filter(kind=Synoniem._meta.label_lower)
        own = Synoniem.objects.filter(pk__in=touched_by_people(Synoniem))
        before = {row.content["woorden"] for row in kept} or set(
            Synoniem.objects.exclude(pk__in=own).values_list("woorden", flat=True)
        )
        Synoniem.objects.filter(woorden__in=before - shipped).exclude(pk__in=own).delete()
        kept.filter(content__woorden__in=before - shipped).delete()
        begun = {first_line(words) for words in own.values_list("woorden", flat=True)}
        for words in sorted(shipped - before):
            if first_line(words) in begun:
                self.note("Zelf veranderd en zo gelaten", f"synoniemen van {first_line(words)}")
            else:
                self.write_synonym(words)


def first_line(text: str) -> str:
    """What stands on the first line."""
    return text.split("\n", 1)[0]


def save_row(instance: Any, fields: Row) -> None:
    """Give a row of a vocabulary these values, or say why that cannot be."""
    for name, value in fields.items():
        setattr(instance, name, value)
    instance.full_clean()
    instance.save()


def fields_left(current: Any, fields: Row, shipment: Shipment | None) -> list[str]:
    """Fields in which the row says something else than what was ever shipped."""
    now, shipped = row_values({name: getattr(current, name) for name in fields}), row_values(fields)
    base = shipment.content if shipment else {} if by_people(current) else now
    return [name for name in fields if now[name] and now[name] not in (shipped[name], base.get(name))]


def is_untouched(entry: Any, shipment: Shipment | None) -> bool:
    """Whether readers see what was shipped, and nobody is at work on it."""
    if shipment is None:
        return not by_people(entry)
    same = shipment.revision_id == entry.live_revision_id or shipment.content["entry"] == entry_content(entry)
    return same and not entry.has_unpublished_changes


def shipped_before(entry: Any, shipment: Shipment | None) -> Content | None:
    """What this site last got of this entry with the software; None when that cannot be known any more.

    Before shipments were kept, revisions without a person were the loader's.
    """
    if shipment:
        return shipment.content["entry"]
    revision = entry.revisions.exclude(pk__in=people_revisions(entry)).order_by("created_at", "pk").last()
    return entry_content(revision.as_object()) if revision else None


def has_own_draft(entry: Any) -> bool:
    """Whether what waits is a correction of before, on which nobody worked."""
    return entry.has_unpublished_changes and not people_revisions(entry).filter(pk=entry.latest_revision_id).exists()


def find_entry_again(entry: Any) -> Any:
    """The entry as it is now."""
    return type(entry)._default_manager.get(pk=entry.pk)


def with_rows(new: Any, rows: Rows) -> Any:
    """The entry of the files with its rows."""
    for name, children in rows.items():
        setattr(new, name, children)
    return new


def changed_names(entry: Any, new: Any) -> list[str]:
    """Fields and rows in which the shipped entry differs from the one that readers see."""
    now, shipped = entry_content(entry), entry_content(new)
    return [name for name in shipped if shipped[name] != now.get(name)]


def agree(base: Any, now: Any) -> bool:
    """Whether these are the same, apart from columns that rows got since."""
    if not (isinstance(base, list) and isinstance(now, list)):
        return base == now or not (base or now)
    if len(base) != len(now):
        return False
    pairs = zip(base, now, strict=True)
    return all(a == b if not isinstance(a, dict) else all(b.get(k, a[k]) == a[k] for k in a) for a, b in pairs)


def save_draft(entry: Any, new: Any, names: Iterable[str]) -> None:
    """A draft that differs from the public version in what `new` has under these names."""
    draft = entry.latest_revision.as_object()
    for name in names:
        value = getattr(new, name)
        setattr(draft, name, list(value.all()) if hasattr(value, "all") else value)
    if isinstance(draft, Blauwdruk):
        draft.wat_veranderd = sentence(IMPROVED, names)
    draft.save_revision(clean=False)


def sentence(words: str, names: Iterable[str], length: int = 300) -> str:
    """These words with the names as the form has them, cut where there are too many."""
    labels = ", ".join(dict.fromkeys(label_of(name) for name in names))
    room = length - len(words)
    return words.format(names=labels if len(labels) <= room else labels[: room - 2].rsplit(", ", 1)[0] + " …")


def label_of(name: str) -> str:
    """What the form calls a field or its rows."""
    if name in SECTIES_BY_FIELD:
        return SECTIES_BY_FIELD[name].kort.lower()
    return name.replace("_", " ")
