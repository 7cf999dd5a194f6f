"""Invented people and texts for the pictures of the manual: python -m tests.browser.practice_entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from blauwdrukken.models import Blauwdruk
    from kennisbank.models import User

PASSWORD = "vier losse woorden samen"
COORDINATOR, SECRETARY, COLLEAGUE = "coordinator", "secretaris", "collega"
NEWCOMER, EMPLOYERS = "nieuw", "werkgevers"
PEOPLE = {  # account: what it is called, and its role; never the name of a person
    COORDINATOR: ("Coördinator", "Zeeland", "Regiocoördinator"),
    SECRETARY: ("Secretariaat", "Noord", "Secretariaat"),
    COLLEAGUE: ("Secretariaat", "Zuid", "Secretariaat"),
    NEWCOMER: ("Secretariaat", "West", "Secretariaat"),
    EMPLOYERS: ("Werkgevers", "Voorbeeldstad", "Werkgeversorganisatie"),
}
SUBMITTED = "Fietsend naar het magazijn"
RETURNED = "Taalmaatje op de werkvloer"
DRAFT = "Proefwerken in de haven"
TOGETHER = "Banenbus op tournee"
PUBLISHED = "Koffie op de werkvloer"
DUPLICATES = ("Stichting Zoutkeet", "St. Zoutkeet Zeeland")
MISSERS = {"omscholen naar techniek": 14, "jobcarving": 9, "vluchtelingen": 6, "open hiring": 3}
VERSIES = {  # what changed -> summary, what a meeting costs
    "": ("Een uur koffie op een werkvloer.", 120),
    "De kosten van 2026 staan erbij.": ("Een uur koffie op de werkvloer, en u kent het bedrijf.", 150),
}


def create_people() -> dict[str, User]:
    """The accounts, with the coordinator in Zeeland."""
    from django.contrib.auth.models import Group

    from kennisbank.models import User
    from regios.models import Regio

    people = {}
    for name, (voornaam, achternaam, role) in PEOPLE.items():
        data = {"first_name": voornaam, "last_name": achternaam}
        people[name] = User.objects.create_user(name, f"{name}@voorbeeld.nl", PASSWORD, **data)
        people[name].groups.add(Group.objects.get(name=role))
    people[COORDINATOR].regios.add(Regio.objects.get(slug="zeeland"))
    return people


def create_blauwdruk(titel: str, door: User, samenvatting: str, **fields: Any) -> Blauwdruk:
    """A draft of the region Zeeland."""
    from blauwdrukken.models import Blauwdruk
    from regios.models import Regio

    new = Blauwdruk(titel=titel, samenvatting=samenvatting, fase="proef", **fields)
    new.regios = Regio.objects.filter(slug="zeeland")
    new.full_clean()
    new.save()
    new.save_revision(user=door, log_action=True)
    return new


def submit(entry: Any, door: User) -> Any:
    """Submit the text to the secretariat; answers the task that waits."""
    return entry.get_workflow().start(entry, door).current_task_state


def create_drafts(coordinator: User, collega: User) -> None:
    """Drafts: one just begun, one of two people, one for review with a remark, one returned."""
    create_blauwdruk(
        DRAFT,
        coordinator,
        "Wie werk zoekt, werkt drie dagen mee bij een bedrijf in de haven.",
        doel="<p>Dertig mensen vinden in een jaar een baan die bij hen past.</p>",
        uitvoering="<p>Er wordt ten behoeve van de deelnemers een planning gemaakt met het SWH.</p>",
    )
    create_blauwdruk(
        TOGETHER, collega, "Een bus rijdt langs vijf werkgevers.", doel="<p>Meer mensen kennen het werk.</p>"
    )
    task = submit(create_blauwdruk(RETURNED, coordinator, "Een collega helpt met Nederlands."), coordinator)
    task.reject(user=collega, comment="Vul ook in wat het kost.")
    entry = create_blauwdruk(
        SUBMITTED,
        coordinator,
        "Werkgevers lenen een fiets uit aan wie ver van de bus woont.",
        doel="<p>Tachtig mensen komen met de fiets op hun werk.</p>",
    )
    submit(entry, coordinator)
    entry.opmerkingen.create(auteur=collega, sectie="doel", tekst="Voor hoeveel mensen is er een fiets?")


def publish(secretaris: User) -> None:
    """A blueprint on the site, in two versions that differ in a text and in a row."""
    from blauwdrukken.models import Blauwdruk, Kostenpost

    new = create_blauwdruk(
        PUBLISHED, secretaris, "Nog leeg.", doel="<p>Bewoners leren bedrijven in de buurt kennen.</p>"
    )
    for wat_veranderd, (samenvatting, bedrag) in VERSIES.items():
        entry = Blauwdruk.objects.get(pk=new.pk)
        entry.wat_veranderd, entry.samenvatting = wat_veranderd, samenvatting
        entry.kosten = [Kostenpost(omschrijving="Koffie en zaal", bedrag_van=bedrag, bedrag_tot=bedrag)]
        entry.save_revision(user=secretaris, log_action=True).publish(user=secretaris)


def create_lists() -> None:
    """An organisation that is there twice, and searches that found nothing."""
    from django.utils import timezone

    from blauwdrukken.models import Misser, Organisatie

    for name in DUPLICATES:
        Organisatie.objects.create(naam=name)
    for term, count in MISSERS.items():
        Misser.objects.create(term=term, aantal=count, dag=timezone.localdate())


def main() -> None:
    """Make them all."""
    django.setup()
    people = create_people()
    create_drafts(people[COORDINATOR], people[COLLEAGUE])
    publish(people[SECRETARY])
    create_lists()


if __name__ == "__main__":
    main()
