"""Entries of one's own and of others, in every state that matters to rights."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Model
from wagtail.models import DraftStateMixin, GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from blauwdrukken.models import Bestand, Programma, Programmadoel, Verhaal, Werkdocument
from kennisbank.models import User
from regios.models import Regio
from tests.uploads import files

VALUES = {
    "samenvatting": "Een proefstuk.",
    "intro": "Een proefstuk.",
    "uitleg": "Een proefstuk.",
    "woorden": "een\ntwee",
}
SECRET = "Kanariepiet"  # stands only in drafts of others


def field_names(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields()}


def own_place(model: type[Any], regio: Regio) -> dict[str, Any]:
    """What a region or municipality has for itself alone."""
    following = model.objects.count() + 100
    return {
        "cbs_code": str(following),
        "kaart_kolom": following,
        "kaart_rij": 0,
        "regio": regio,
        "provincie": regio.provincies.first(),
    }


def create_entry(
    model: type[Any], name: str, regio: Regio, eigenaar: User | None = None, *, live: bool = True, word: str = SECRET
) -> Any:
    """An entry of this region; what is not public of it holds this word."""
    names: dict[str, Any] = dict.fromkeys(("titel", "naam", "term"), name.capitalize()) | {"slug": name} | VALUES
    if "cbs_code" in field_names(model):
        names |= own_place(model, regio)
    values: dict[str, Any] = {field: value for field, value in names.items() if field in field_names(model)}
    if model is Programmadoel:
        values["programma"] = Programma.objects.first()
    if "eigenaar" in field_names(model):
        values["eigenaar"] = eigenaar
    if issubclass(model, DraftStateMixin) and not live:
        values["titel"] = f"{word} {name}"
    entry = model(**values)
    if "regios" in field_names(model):
        entry.regios = [regio]
    entry.save()
    if issubclass(model, DraftStateMixin):
        create_revisions(entry, word, live=live)
    return entry


def create_revisions(entry: Any, word: str, *, live: bool) -> None:
    if live:
        entry.save_revision().publish()
    draft = type(entry)._default_manager.get(pk=entry.pk)
    draft.titel = f"{word} {entry.titel}"
    field = next(field for field in ("doel", "tekst", "samenvatting") if field in field_names(type(entry)))
    setattr(draft, field, f"<p>{word}</p>")
    draft.save_revision()
    entry.refresh_from_db()


def create_bestand(model: type[Any], who: str, eigenaar: User | None, used_by: Any) -> Any:
    """A document or picture: uploaded by this user and used in this blueprint or story."""
    is_document = model is Bestand
    content = ContentFile(files.pdf() if is_document else files.photo("PNG"), name="x.pdf" if is_document else "x.png")
    word = SECRET if who == "concept" else "Bijlage"
    bestand = model.objects.create(title=f"{word} {who}", file=content, uploaded_by_user=eigenaar)
    if is_document:
        Werkdocument.objects.create(blauwdruk=used_by, titel="Bijlage", bestand=bestand)
    else:
        Verhaal.objects.filter(pk=used_by.pk).update(foto=bestand, foto_alt="Een winkel")
    return bestand


def submit_for_review(entry: Any, user: User) -> Any:
    """Submit the entry to the secretariat; answers the task that waits."""
    workflow, new = Workflow.objects.get_or_create(name="Proefbeoordeling")
    if new:
        task = GroupApprovalTask.objects.create(name="Proeftaak")
        task.groups.set(Group.objects.filter(name="Secretariaat"))
        WorkflowTask.objects.create(workflow=workflow, task=task)
    kind = ContentType.objects.get_for_model(entry)
    WorkflowContentType.objects.update_or_create(content_type=kind, defaults={"workflow": workflow})
    return workflow.start(entry, user).current_task_state
