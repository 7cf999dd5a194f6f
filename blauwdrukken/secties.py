"""The format of a blueprint: its sections in order, read by the detail page and every other output."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Groep(StrEnum):
    """Part of the format to which a section belongs."""

    KERN = "Kern"
    AANPAK = "Aanpak"
    ERVARING = "Ervaring"
    GELD_EN_AFSPRAKEN = "Geld en afspraken"
    BIJLAGEN = "Bijlagen"


class Soort(StrEnum):
    """What a section holds: rich text, rows of its own, or a choice from a vocabulary."""

    TEKST = "tekst"
    RIJEN = "rijen"
    KEUZE = "keuze"


@dataclass(frozen=True)
class Sectie:
    """One section: `veld` is the name on Blauwdruk, `kop` its heading, `kort` its short form.

    `hulp` and `voorbeeld` are for who writes it, and so is `vraag`: what the blueprint book asks, where that differs.
    """

    veld: str
    kort: str
    kop: str
    hulp: str
    voorbeeld: str
    groep: Groep
    soort: Soort = Soort.TEKST
    vraag: str = ""

    @property
    def anker(self) -> str:
        """Fragment of its address on a page."""
        return self.veld.replace("_", "-")


SECTIES = (
    Sectie(
        "omschrijving",
        "Omschrijving",
        "Omschrijving",
        "Wat houdt de aanpak in? Beschrijf het zo dat een buitenstaander het begrijpt.",
        "“Werkzoekenden rijden een dag mee langs vijf werkgevers en spreken daar collega’s.”",
        Groep.KERN,
    ),
    Sectie(
        "doel",
        "Doel",
        "Doel",
        "Wat wilt u bereiken, en voor wie?",
        "“Binnen een jaar vinden 40 werkzoekenden een baan in de techniek.”",
        Groep.KERN,
    ),
    Sectie(
        "themas",
        "Thema's",
        "Thema",
        "Bij welke thema's hoort de aanpak?",
        "“Werkgeversdienstverlening” als u bedrijven helpt bij een vacature.",
        Groep.KERN,
        Soort.KEUZE,
    ),
    Sectie(
        "meerwaarde_werkgevers",
        "Meerwaarde voor werkgevers",
        "Meerwaarde voor werkgevers",
        "Wat heeft een werkgever eraan om mee te doen?",
        "“De werkgever ziet kandidaten aan het werk voordat hij iemand aanneemt.”",
        Groep.KERN,
    ),
    Sectie(
        "doelgroep",
        "Doelgroep",
        "Doelgroep van de activiteit",
        "Voor wie is de aanpak, en voor wie niet?",
        "“Werkzoekenden met een uitkering. Niet voor wie nog een opleiding volgt.”",
        Groep.KERN,
    ),
    Sectie(
        "partijen",
        "Partijen",
        "Betrokken partijen",
        "Welke organisaties doen mee, en in welke rol?",
        "het werkgeversservicepunt als uitvoerende partij.",
        Groep.AANPAK,
        Soort.RIJEN,
    ),
    Sectie(
        "samenwerking",
        "Samenwerking",
        "Hoe werken betrokken partijen samen?",
        "Wie doet wat, en hoe stemmen partijen af?",
        "“De gemeente kiest de deelnemers. Elke maand bespreken alle partijen de voortgang.”",
        Groep.AANPAK,
    ),
    Sectie(
        "uitvoering",
        "Uitvoering",
        "Hoe verloopt de uitvoering?",
        "Welke stappen zet u, en in welke volgorde?",
        "“1. We bellen werkgevers. 2. We plannen de dagen. 3. Na een week bellen we na.”",
        Groep.AANPAK,
    ),
    Sectie(
        "benodigdheden",
        "Wat is er nodig",
        "Wat is er nodig voor de uitvoering?",
        "Denk aan uren, mensen, ruimte en middelen.",
        "“Een projectleider voor acht uur per week, een bus en een lokaal voor twintig mensen.”",
        Groep.AANPAK,
    ),
    Sectie(
        "cruciale_elementen",
        "Cruciale elementen",
        "Welke elementen bleken in de praktijk cruciaal?",
        "Zonder welke onderdelen werkt de aanpak niet?",
        "“Deelnemers hebben steeds dezelfde begeleider.”",
        Groep.ERVARING,
    ),
    Sectie(
        "leerpunten",
        "Leerpunten",
        "Welke leerpunten waren er?",
        "Wat ging anders dan gedacht, en wat zou u nu anders doen?",
        "“De werving duurde twee maanden langer. Nu beginnen we vóór de zomer.”",
        Groep.ERVARING,
    ),
    Sectie(
        "aandachtspunten",
        "Aandachtspunten",
        "Zijn er nog andere aandachtspunten?",
        "Waar moet een andere regio op letten?",
        "“Vraag vooraf wie de reiskosten betaalt.”",
        Groep.ERVARING,
    ),
    Sectie(
        "inbedding",
        "Inbedding",
        "Hoe blijft deze aanpak bestaan in de organisatie of regio?",
        "Wat is er nodig om door te gaan als het projectgeld op is?",
        "“De gemeente neemt de begeleider op in haar vaste begroting.”",
        Groep.GELD_EN_AFSPRAKEN,
        vraag="Hoe kun je ervoor zorgen dat deze aanpak blijvend in de organisatie/regio wordt ingebed?",
    ),
    Sectie(
        "financiering",
        "Financiering",
        "Financiering",
        "Wat kost het, en wie betaalt?",
        "“Een dag kost € 1.500. De regio betaalt de helft, de werkgevers betalen de rest.”",
        Groep.GELD_EN_AFSPRAKEN,
    ),
    Sectie(
        "voorbeelden",
        "Voorbeelden",
        "Voorbeelden",
        "Waar is de aanpak te zien?",
        "een nieuwsbericht over een dag bij een bedrijf.",
        Groep.BIJLAGEN,
        Soort.RIJEN,
    ),
    Sectie(
        "werkdocumenten",
        "Werkdocumenten",
        "Handige werkdocumenten",
        "Welke formulieren, plannen of folders kan een ander gebruiken?",
        "het draaiboek van een dag, of het formulier voor aanmelding.",
        Groep.BIJLAGEN,
        Soort.RIJEN,
    ),
    Sectie(
        "meerwaarde_organisaties",
        "Meerwaarde voor werkgeversorganisaties",
        "Wat hebben werkgeversorganisaties hieraan?",
        "Wat levert meedoen een werkgeversorganisatie en haar leden op?",
        "“Leden leren elkaar kennen en vinden samen personeel.”",
        Groep.GELD_EN_AFSPRAKEN,
        vraag="Wat is de meerwaarde voor werkgeversorganisaties om hieraan mee te werken?",
    ),
    Sectie(
        "rollen_organisaties",
        "Rol van werkgeversorganisaties",
        "Wat kunnen werkgeversorganisaties zelf doen?",
        "Denk aan leden vragen mee te doen, meedenken of het werk zelf trekken.",
        "“De vereniging nodigt haar leden uit en levert een gastspreker.”",
        Groep.GELD_EN_AFSPRAKEN,
        vraag="Wat zijn rollen/acties die werkgeversorganisaties op kunnen pakken?",
    ),
    Sectie(
        "governance",
        "Governance",
        "Wie stuurt, beslist en legt verantwoording af?",
        "Denk aan een stuurgroep, vaste overleggen en rapportages.",
        "“De stuurgroep beslist elk kwartaal. De projectleider legt verantwoording af.”",
        Groep.GELD_EN_AFSPRAKEN,
        vraag="Zijn er afspraken in het kader van governance gemaakt?",
    ),
)

SECTIES_BY_FIELD = {sectie.veld: sectie for sectie in SECTIES}
TEXT_FIELDS = tuple(sectie.veld for sectie in SECTIES if sectie.soort is Soort.TEKST)
