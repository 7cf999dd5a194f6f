"""Entries of one's own and of others, in every state that matters to rights."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Model
from wagtail.models import DraftStateMixin, GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from blauwdrukken.models import Bestand, Verhaal, Werkdocument
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
    return {veld.name for veld in model._meta.get_fields()}


def own_place(model: type[Any], regio: Regio) -> dict[str, Any]:
    """What a region or municipality has for itself alone."""
    volgende = model.objects.count() + 100
    return {
        "cbs_code": str(volgende),
        "kaart_kolom": volgende,
        "kaart_rij": 0,
        "regio": regio,
        "provincie": regio.provincies.first(),
    }


def create_entry(
    model: type[Any], naam: str, regio: Regio, eigenaar: User | None = None, *, live: bool = True, woord: str = SECRET
) -> Any:
    """An entry of this region; what is not public of it holds this word."""
    namen: dict[str, Any] = dict.fromkeys(("titel", "naam", "term"), naam.capitalize()) | {"slug": naam} | VALUES
    if "cbs_code" in field_names(model):
        namen |= own_place(model, regio)
    waarden: dict[str, Any] = {veld: waarde for veld, waarde in namen.items() if veld in field_names(model)}
    if "eigenaar" in field_names(model):
        waarden["eigenaar"] = eigenaar
    if issubclass(model, DraftStateMixin) and not live:
        waarden["titel"] = f"{woord} {naam}"
    stuk = model(**waarden)
    if "regios" in field_names(model):
        stuk.regios = [regio]
    stuk.save()
    if issubclass(model, DraftStateMixin):
        create_revisions(stuk, woord, live=live)
    return stuk


def create_revisions(stuk: Any, woord: str, *, live: bool) -> None:
    if live:
        stuk.save_revision().publish()
    concept = type(stuk)._default_manager.get(pk=stuk.pk)
    concept.titel = f"{woord} {stuk.titel}"
    veld = next(veld for veld in ("doel", "tekst", "samenvatting") if veld in field_names(type(stuk)))
    setattr(concept, veld, f"<p>{woord}</p>")
    concept.save_revision()
    stuk.refresh_from_db()


def create_bestand(model: type[Any], wie: str, eigenaar: User | None, gebruikt_door: Any) -> Any:
    """A document or picture: uploaded by this user and used in this blueprint or story."""
    is_document = model is Bestand
    inhoud = ContentFile(files.pdf() if is_document else files.photo("PNG"), name="x.pdf" if is_document else "x.png")
    woord = SECRET if wie == "concept" else "Bijlage"
    bestand = model.objects.create(title=f"{woord} {wie}", file=inhoud, uploaded_by_user=eigenaar)
    if is_document:
        Werkdocument.objects.create(blauwdruk=gebruikt_door, titel="Bijlage", bestand=bestand)
    else:
        Verhaal.objects.filter(pk=gebruikt_door.pk).update(foto=bestand, foto_alt="Een winkel")
    return bestand


def submit_for_review(stuk: Any, user: User) -> Any:
    """Submit the entry to the secretariat; answers the task that waits."""
    workflow, nieuw = Workflow.objects.get_or_create(name="Proefbeoordeling")
    if nieuw:
        taak = GroupApprovalTask.objects.create(name="Proeftaak")
        taak.groups.set(Group.objects.filter(name="Secretariaat"))
        WorkflowTask.objects.create(workflow=workflow, task=taak)
    soort = ContentType.objects.get_for_model(stuk)
    WorkflowContentType.objects.update_or_create(content_type=soort, defaults={"workflow": workflow})
    return workflow.start(stuk, user).current_task_state
