"""Practice blueprints in realistic Dutch, for tests and benchmarks; they never touch real content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from regios.models import Regio

from .models import (
    Bewijs,
    Blauwdruk,
    Doelgroep,
    Kerncijfer,
    Kostenpost,
    Onderbouwing,
    Organisatie,
    Partij,
    Programma,
    Project,
    Thema,
)
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


def make_sentence(rng: Random) -> str:
    """One Dutch sentence of about twelve words."""
    if rng.random() < 0.5:
        return f"{rng.choice(WHO)} {rng.choice(DOES)} {rng.choice(WHAT)} {rng.choice(WHY)}."
    who = rng.choice(WHO)
    who = who if who == "UWV" else who[0].lower() + who[1:]
    return f"{rng.choice(WHEN)} {rng.choice(DOES)} {who} {rng.choice(WHAT)}."


def make_html(rng: Random, sentences: int) -> str:
    """Paragraphs and a list with this number of sentences."""
    everything = [make_sentence(rng) for _ in range(sentences)]
    half = max(1, sentences // 2)
    points = "".join(f"<li>{text}</li>" for text in everything[half:])
    return f"<p>{' '.join(everything[:half])}</p>" + (f"<ul>{points}</ul>" if points else "")


class PracticeBank:
    """Maker of practice data; the same seed gives the same entries."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = Random(seed)  # noqa: S311 (practice data, no secret)
        self.regios = list(Regio.objects.all())
        self.themas = list(Thema.objects.all())
        self.doelgroepen = list(Doelgroep.objects.all())
        self.programma, _ = Programma.objects.get_or_create(slug=PROGRAMMA, defaults={"naam": "Oefendata"})
        self.organisaties = [Organisatie.objects.get_or_create(naam=f"Oefenorganisatie {i}")[0] for i in range(1, 21)]

    def make(self, count: int) -> Iterator[int]:
        """Add this number of published blueprints; yields how many there are so far."""
        highest = Blauwdruk.objects.filter(programma=self.programma).aggregate(models.Max("nummer"))["nummer__max"]
        begin = (highest or FIRST_NUMMER) + 1
        for start in range(begin, begin + count, BATCH_SIZE):
            nummers = range(start, min(start + BATCH_SIZE, begin + count))
            with transaction.atomic():
                self._create_batch(nummers)
            yield nummers[-1] - begin + 1

    def _create_batch(self, nummers: range) -> None:
        blauwdrukken = Blauwdruk.objects.bulk_create(self._blauwdruk(nummer) for nummer in nummers)
        for field, choices, at_most in (
            ("regios", self.regios, 3),
            ("themas", self.themas, 4),
            ("doelgroepen", self.doelgroepen, 3),
        ):
            self._link(blauwdrukken, field, choices, at_most)
        Partij.objects.bulk_create(
            Partij(blauwdruk=b, rol=self.rng.choice(Partij.Rol.values), organisatie=organisatie, sort_order=i)
            for b in blauwdrukken
            for i, organisatie in enumerate(self.rng.sample(self.organisaties, 3))
        )
        Bewijs.objects.bulk_create(
            Bewijs(blauwdruk=b, niveau=b.onderbouwing, grond=make_sentence(self.rng), sort_order=0)
            for b in blauwdrukken
            if b.onderbouwing != Onderbouwing.ONBEKEND
        )
        Kostenpost.objects.bulk_create(self._kosten(b, i) for b in blauwdrukken for i in range(b.nummer % 3))
        Kerncijfer.objects.bulk_create(self._kerncijfer(b, i) for b in blauwdrukken for i in range(b.nummer % 4))
        projecten = Project.objects.bulk_create(self._project(b) for b in blauwdrukken if b.nummer % 3 == 0)
        self._link(projecten, "regios", self.regios, 2)

    def _link(self, entries: list[Any], field: str, choices: list[Any], at_most: int) -> None:
        table = getattr(type(entries[0]), field).through if entries else None
        rows = [
            {type(entry)._meta.model_name: entry, choice._meta.model_name: choice}
            for entry in entries
            if not entry.landelijk or field != "regios"
            for choice in self.rng.sample(choices, self.rng.randint(1, min(at_most, len(choices))))
        ]
        if table:
            table.objects.bulk_create(table(**row) for row in rows)

    def _blauwdruk(self, nummer: int) -> Blauwdruk:
        rng = self.rng
        titel = f"{rng.choice(APPROACHES)} {rng.choice(FOR_WHOM)}"
        texts = {field: make_html(rng, rng.randint(4, 9)) for field in TEXT_FIELDS}
        return Blauwdruk(
            nummer=nummer,
            titel=titel,
            slug=f"oefen-{nummer}-{slugify(titel)}",
            samenvatting=f"{make_sentence(rng)} {make_sentence(rng)}",
            landelijk=rng.random() < 0.03,
            programma=self.programma,
            fase=rng.choice(Blauwdruk.Fase.values),
            onderbouwing=rng.choice(Onderbouwing.values),
            looptijd_maanden=rng.choice([None, 3, 9, 18, 36]),
            laatst_gewijzigd=date(2018, 1, 1) + timedelta(days=rng.randrange(3000)),
            live=True,
            has_unpublished_changes=False,
            **texts,
        )

    def _kosten(self, blauwdruk: Blauwdruk, place: int) -> Kostenpost:
        """An amount of any kind, of which some are known and some may be compared."""
        rng = self.rng
        bedrag = Decimal(rng.randrange(500, 300_000, 500))
        return Kostenpost(
            blauwdruk=blauwdruk,
            sort_order=place,
            omschrijving=f"Oefenbedrag {place + 1}",
            soort=rng.choice([s for s in Kostenpost.Soort.values if s != Kostenpost.Soort.PRIJS]),
            bedrag_van=bedrag,
            bedrag_tot=rng.choice([bedrag, bedrag * 2, None]),
            eenheid=rng.choice([Kostenpost.Eenheid.UITVOERING, Kostenpost.Eenheid.DEELNEMER]),
            hoe_vaak=rng.choice(Kostenpost.HoeVaak.values),
        )

    def _kerncijfer(self, blauwdruk: Blauwdruk, place: int) -> Kerncijfer:
        soort = self.rng.choice(Kerncijfer.Soort.values)
        waarde = str(self.rng.randint(1, 900))
        return Kerncijfer(
            blauwdruk=blauwdruk, sort_order=place, soort=soort, waarde=waarde, omschrijving="van de oefenaanpak"
        )

    def _project(self, blauwdruk: Blauwdruk) -> Project:
        rng = self.rng
        return Project(
            titel=f"{blauwdruk.titel}, uitvoering",
            slug=f"oefen-{blauwdruk.nummer}-uitvoering",
            blauwdruk=blauwdruk,
            programma=self.programma,
            status=rng.choice(Project.Status.values),
            periode_begin=date(rng.randint(2018, 2024), rng.randint(1, 12), 1),
            budget=rng.randrange(5_000, 500_000, 500),
            doel=make_sentence(rng),
            resultaat=f"{make_sentence(rng)} {make_sentence(rng)}",
            live=True,
            has_unpublished_changes=False,
        )
