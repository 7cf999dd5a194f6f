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
from tests.uploads import files as maak

WAARDEN = {
    "samenvatting": "Een proefstuk.",
    "intro": "Een proefstuk.",
    "uitleg": "Een proefstuk.",
    "woorden": "een\ntwee",
}
GEHEIM = "Kanariepiet"  # stands only in drafts of others


def velden(model: type[Model]) -> set[str]:
    return {veld.name for veld in model._meta.get_fields()}


def eigen_plaats(model: type[Any], regio: Regio) -> dict[str, Any]:
    """What a region or municipality has for itself alone."""
    volgende = model.objects.count() + 100
    return {
        "cbs_code": str(volgende),
        "kaart_kolom": volgende,
        "kaart_rij": 0,
        "regio": regio,
        "provincie": regio.provincies.first(),
    }


def maak_stuk(
    model: type[Any], naam: str, regio: Regio, eigenaar: User | None = None, *, live: bool = True, woord: str = GEHEIM
) -> Any:
    """An entry of this region; what is not public of it holds this word."""
    namen: dict[str, Any] = dict.fromkeys(("titel", "naam", "term"), naam.capitalize()) | {"slug": naam} | WAARDEN
    if "cbs_code" in velden(model):
        namen |= eigen_plaats(model, regio)
    waarden: dict[str, Any] = {veld: waarde for veld, waarde in namen.items() if veld in velden(model)}
    if "eigenaar" in velden(model):
        waarden["eigenaar"] = eigenaar
    if issubclass(model, DraftStateMixin) and not live:
        waarden["titel"] = f"{woord} {naam}"
    stuk = model(**waarden)
    if "regios" in velden(model):
        stuk.regios = [regio]
    stuk.save()
    if issubclass(model, DraftStateMixin):
        maak_versies(stuk, woord, live=live)
    return stuk


def maak_versies(stuk: Any, woord: str, *, live: bool) -> None:
    if live:
        stuk.save_revision().publish()
    concept = type(stuk)._default_manager.get(pk=stuk.pk)
    concept.titel = f"{woord} {stuk.titel}"
    veld = next(veld for veld in ("doel", "tekst", "samenvatting") if veld in velden(type(stuk)))
    setattr(concept, veld, f"<p>{woord}</p>")
    concept.save_revision()
    stuk.refresh_from_db()


def maak_bestand(model: type[Any], wie: str, eigenaar: User | None, gebruikt_door: Any) -> Any:
    """A document or picture: uploaded by this user and used in this blueprint or story."""
    is_document = model is Bestand
    inhoud = ContentFile(maak.pdf() if is_document else maak.foto("PNG"), name="x.pdf" if is_document else "x.png")
    woord = GEHEIM if wie == "concept" else "Bijlage"
    bestand = model.objects.create(title=f"{woord} {wie}", file=inhoud, uploaded_by_user=eigenaar)
    if is_document:
        Werkdocument.objects.create(blauwdruk=gebruikt_door, titel="Bijlage", bestand=bestand)
    else:
        Verhaal.objects.filter(pk=gebruikt_door.pk).update(foto=bestand, foto_alt="Een winkel")
    return bestand


def ter_beoordeling(stuk: Any, user: User) -> Any:
    """Submit the entry to the secretariat; answers the task that waits."""
    workflow, nieuw = Workflow.objects.get_or_create(name="Proefbeoordeling")
    if nieuw:
        taak = GroupApprovalTask.objects.create(name="Proeftaak")
        taak.groups.set(Group.objects.filter(name="Secretariaat"))
        WorkflowTask.objects.create(workflow=workflow, task=taak)
    soort = ContentType.objects.get_for_model(stuk)
    WorkflowContentType.objects.update_or_create(content_type=soort, defaults={"workflow": workflow})
    return workflow.start(stuk, user).current_task_state
