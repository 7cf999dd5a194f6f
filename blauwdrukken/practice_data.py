"""Practice blueprints in realistic Dutch, for tests and benchmarks; they never touch real content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from regios.models import Regio

from .models import Blauwdruk, Doelgroep, Organisatie, Partij, Programma, Project, Thema
from .secties import TEXT_FIELDS

PROGRAMMA = "oefendata"
FIRST_NUMMER = 1_000_000
BATCH_SIZE = 500

WHO = (
    "Het werkgeversservicepunt|De accountmanager|De projectleider|Een jobcoach|De gemeente|UWV|Het leerwerkloket|"
    "De ondernemersvereniging|De praktijkopleider|Een ervaren ondernemer|Het regionale werkbedrijf|De klantmanager|"
    "Het mobiliteitsteam|De stuurgroep|Een leermeester|De brancheorganisatie"
).split("|")
DOES = (
    "bespreekt|organiseert|begeleidt|onderzoekt|ondersteunt|plant|vraagt om|regelt|betaalt|beoordeelt|kiest|"
    "verzamelt|deelt|verbetert|start|evalueert"
).split("|")
WHAT = (
    "de bedrijfsbezoeken|een proefplaatsing|de taaltraining op de werkvloer|het kennismakingsgesprek|"
    "de leerwerktrajecten|een werkgeversraadpleging|de scholingsvouchers|het matchingsoverleg|een speeddate in de zorg|"
    "de nazorg na plaatsing|het loonkostenvoordeel|de functiecreatie|een praktijkverklaring|het inwerkprogramma|"
    "de banenmarkt in de bouw|een oriëntatieweek in de techniek|de werkfittraining|het vervoer naar het werk"
).split("|")
WHY = (
    "omdat vacatures lang openstaan|zodat kandidaten sneller beginnen|als de werkgever daarom vraagt|"
    "voordat het contract wordt getekend|zodra de financiering rond is|omdat jongeren anders uitvallen|"
    "terwijl statushouders de taal leren|zodat de collega's weten wat zij kunnen verwachten|"
    "omdat de regels per gemeente verschillen|nadat de partners een intentieverklaring tekenden"
).split("|")
WHEN = (
    "In de eerste maand|Elke week|Na een half jaar|Bij de start|In overleg met de vakbond|Twee keer per jaar|"
    "Vooraf|Tijdens het traject|Na afloop|In kleine groepen|Op locatie|Samen met het onderwijs"
).split("|")
APPROACHES = (
    "Leerwerkplein|Banenroute|Werkgeversontbijt|Techniekmaand|Zorgstart|Taal op de vloer|Open bedrijvendag|"
    "Talentpool|Ondernemerscafé|Praktijkschool|Werkcarrousel|Overstapregeling|Buurtbaan|Meesterklas|Jobhunter"
).split("|")
FOR_WHOM = (
    "voor jongeren|voor statushouders|voor vijftigplussers|in de logistiek|in de horeca|in de bouw|met baangarantie|"
    "voor kleine bedrijven|op het bedrijventerrein|in de groensector|voor zij-instromers|met een leerrekening"
).split("|")


def make_sentence(kans: Random) -> str:
    """One Dutch sentence of about twelve words."""
    if kans.random() < 0.5:
        return f"{kans.choice(WHO)} {kans.choice(DOES)} {kans.choice(WHAT)} {kans.choice(WHY)}."
    wie = kans.choice(WHO)
    wie = wie if wie == "UWV" else wie[0].lower() + wie[1:]
    return f"{kans.choice(WHEN)} {kans.choice(DOES)} {wie} {kans.choice(WHAT)}."


def make_html(kans: Random, zinnen: int) -> str:
    """Paragraphs and a list with this number of sentences."""
    alles = [make_sentence(kans) for _ in range(zinnen)]
    helft = max(1, zinnen // 2)
    punten = "".join(f"<li>{tekst}</li>" for tekst in alles[helft:])
    return f"<p>{' '.join(alles[:helft])}</p>" + (f"<ul>{punten}</ul>" if punten else "")


class PracticeBank:
    """Maker of practice data; the same seed gives the same entries."""

    def __init__(self, zaad: int = 1) -> None:
        self.rng = Random(zaad)  # noqa: S311 (practice data, no secret)
        self.regios = list(Regio.objects.all())
        self.themas = list(Thema.objects.all())
        self.doelgroepen = list(Doelgroep.objects.all())
        self.programma, _ = Programma.objects.get_or_create(slug=PROGRAMMA, defaults={"naam": "Oefendata"})
        self.organisaties = [Organisatie.objects.get_or_create(naam=f"Oefenorganisatie {i}")[0] for i in range(1, 21)]

    def make(self, aantal: int) -> Iterator[int]:
        """Add this number of published blueprints; yields how many there are so far."""
        hoogste = Blauwdruk.objects.filter(programma=self.programma).aggregate(models.Max("nummer"))["nummer__max"]
        begin = (hoogste or FIRST_NUMMER) + 1
        for start in range(begin, begin + aantal, BATCH_SIZE):
            nummers = range(start, min(start + BATCH_SIZE, begin + aantal))
            with transaction.atomic():
                self._create_batch(nummers)
            yield nummers[-1] - begin + 1

    def _create_batch(self, nummers: range) -> None:
        blauwdrukken = Blauwdruk.objects.bulk_create(self._blauwdruk(nummer) for nummer in nummers)
        for veld, keuzes, hooguit in (
            ("regios", self.regios, 3),
            ("themas", self.themas, 4),
            ("doelgroepen", self.doelgroepen, 3),
        ):
            self._link(blauwdrukken, veld, keuzes, hooguit)
        Partij.objects.bulk_create(
            Partij(blauwdruk=b, rol=self.rng.choice(Partij.Rol.values), organisatie=organisatie, sort_order=i)
            for b in blauwdrukken
            for i, organisatie in enumerate(self.rng.sample(self.organisaties, 3))
        )
        projecten = Project.objects.bulk_create(self._project(b) for b in blauwdrukken if b.nummer % 3 == 0)
        self._link(projecten, "regios", self.regios, 2)

    def _link(self, entries: list[Any], veld: str, keuzes: list[Any], hooguit: int) -> None:
        tabel = getattr(type(entries[0]), veld).through if entries else None
        rijen = [
            {type(entry)._meta.model_name: entry, keuze._meta.model_name: keuze}
            for entry in entries
            if not entry.landelijk or veld != "regios"
            for keuze in self.rng.sample(keuzes, self.rng.randint(1, min(hooguit, len(keuzes))))
        ]
        if tabel:
            tabel.objects.bulk_create(tabel(**rij) for rij in rijen)

    def _blauwdruk(self, nummer: int) -> Blauwdruk:
        kans = self.rng
        titel = f"{kans.choice(APPROACHES)} {kans.choice(FOR_WHOM)}"
        teksten = {veld: make_html(kans, kans.randint(4, 9)) for veld in TEXT_FIELDS}
        return Blauwdruk(
            nummer=nummer,
            titel=titel,
            slug=f"oefen-{nummer}-{slugify(titel)}",
            samenvatting=f"{make_sentence(kans)} {make_sentence(kans)}",
            landelijk=kans.random() < 0.03,
            programma=self.programma,
            fase=kans.choice(Blauwdruk.Fase.values),
            onderbouwing=kans.choice(Blauwdruk.Onderbouwing.values),
            laatst_gewijzigd=date(2018, 1, 1) + timedelta(days=kans.randrange(3000)),
            live=True,
            has_unpublished_changes=False,
            **teksten,
        )

    def _project(self, blauwdruk: Blauwdruk) -> Project:
        kans = self.rng
        return Project(
            titel=f"{blauwdruk.titel}, uitvoering",
            slug=f"oefen-{blauwdruk.nummer}-uitvoering",
            blauwdruk=blauwdruk,
            programma=self.programma,
            status=kans.choice(Project.Status.values),
            periode_begin=date(kans.randint(2018, 2024), kans.randint(1, 12), 1),
            budget=kans.randrange(5_000, 500_000, 500),
            doel=make_sentence(kans),
            resultaat=f"{make_sentence(kans)} {make_sentence(kans)}",
            live=True,
            has_unpublished_changes=False,
        )
