"""Shapes of the API's answers; documents/content/data.py fills them."""

from __future__ import annotations

from rest_framework import serializers

from ..models import Blauwdruk, Kerncijfer, Kostenpost, Onderbouwing, Partij, Project, Werkdocument


class NaamSerializer(serializers.Serializer):
    """A word of a vocabulary."""

    slug = serializers.SlugField()
    naam = serializers.CharField()


class ContactSerializer(serializers.Serializer):
    """An organisation to ask; one that was absorbed names what it became part of."""

    naam = serializers.CharField()
    website = serializers.CharField()
    email = serializers.CharField()
    telefoon = serializers.CharField()
    regio = serializers.CharField(allow_null=True)
    opgegaan_in = serializers.CharField(allow_null=True)


class VergelijkbareKostenSerializer(serializers.Serializer):
    """What is known of the costs per uitvoering, deelnemer, werkgever or jaar: amounts are never added up."""

    per = serializers.CharField()
    laagste = serializers.DecimalField(14, 2, allow_null=True)
    hoogste = serializers.DecimalField(14, 2, allow_null=True)
    toelichting = serializers.CharField()
    reden_onbekend = serializers.CharField()


class BlauwdrukSerializer(serializers.Serializer):
    """A blueprint as a list tells of it."""

    nummer = serializers.IntegerField()
    slug = serializers.SlugField()
    titel = serializers.CharField()
    samenvatting = serializers.CharField()
    url = serializers.URLField()
    landelijk = serializers.BooleanField()
    regios = NaamSerializer(many=True)
    themas = NaamSerializer(many=True)
    doelgroepen = NaamSerializer(many=True)
    programma = NaamSerializer(allow_null=True)
    fase = serializers.ChoiceField(Blauwdruk.Fase.choices)
    fase_met_moment = serializers.CharField()
    onderbouwing = serializers.ChoiceField(Blauwdruk.Onderbouwing.choices)
    looptijd_maanden = serializers.IntegerField(allow_null=True)
    looptijd_toelichting = serializers.CharField()
    kosten_vergelijkbaar = VergelijkbareKostenSerializer(many=True)
    contactorganisatie = serializers.CharField(allow_null=True)
    contact = ContactSerializer(allow_null=True)
    laatst_gewijzigd = serializers.DateField(allow_null=True)
    beschreven = serializers.CharField(allow_null=True)
    beschreven_in_woorden = serializers.CharField(allow_null=True)
    herzien_voor = serializers.DateField(allow_null=True)


class SectieSerializer(serializers.Serializer):
    """A section of the format with its text."""

    kop = serializers.CharField()
    html = serializers.CharField()


class PartijSerializer(serializers.Serializer):
    rol = serializers.ChoiceField(Partij.Rol.choices)
    cruciaal = serializers.BooleanField()
    organisatie = serializers.CharField()
    toelichting = serializers.CharField()


class KostenpostSerializer(serializers.Serializer):
    """An amount in euros: a single amount has equal ends, an open end is unknown."""

    omschrijving = serializers.CharField()
    soort = serializers.ChoiceField(Kostenpost.Soort.choices)
    bedrag_van = serializers.DecimalField(12, 2, allow_null=True)
    bedrag_tot = serializers.DecimalField(12, 2, allow_null=True)
    eenheid = serializers.ChoiceField(Kostenpost.Eenheid.choices)
    voor_wie = serializers.CharField()
    hoe_vaak = serializers.ChoiceField(Kostenpost.HoeVaak.choices)
    btw = serializers.ChoiceField(Kostenpost.Btw.choices)
    toelichting = serializers.CharField()


class KerncijferSerializer(serializers.Serializer):
    soort = serializers.ChoiceField(Kerncijfer.Soort.choices)
    waarde = serializers.CharField()
    eenheid = serializers.CharField()
    omschrijving = serializers.CharField()


class BewijsSerializer(serializers.Serializer):
    """A judgement of how sure it is that the approach works; `onderbouwing` is the highest of those with a ground."""

    niveau = serializers.ChoiceField(Onderbouwing.choices)
    door = serializers.CharField()
    datum = serializers.CharField(allow_null=True)
    datum_in_woorden = serializers.CharField(allow_null=True)
    grond = serializers.CharField()
    link = serializers.CharField()


class CitaatSerializer(serializers.Serializer):
    """What somebody said, word for word: excepted from the licence of the content."""

    tekst = serializers.CharField()
    functie = serializers.CharField()
    bron = serializers.CharField()
    jaar = serializers.IntegerField()


class VoorbeeldSerializer(serializers.Serializer):
    titel = serializers.CharField()
    url = serializers.CharField()


class WerkdocumentSerializer(serializers.Serializer):
    titel = serializers.CharField()
    soort = serializers.ChoiceField(Werkdocument.Soort.choices)
    url = serializers.CharField()
    plaats = serializers.ChoiceField(["hier", "elders", "genoemd"])
    link_gezien = serializers.CharField(allow_null=True)
    toelichting = serializers.CharField()


class BlauwdrukDetailSerializer(BlauwdrukSerializer):
    """All of a blueprint; `secties` has the names of the format as keys."""

    stand = serializers.CharField()
    thema_anders = serializers.CharField()
    toelichting = serializers.CharField()
    bron = serializers.CharField()
    secties = serializers.DictField(child=SectieSerializer())
    partijen = PartijSerializer(many=True)
    kosten = KostenpostSerializer(many=True)
    kerncijfers = KerncijferSerializer(many=True)
    bewijzen = BewijsSerializer(many=True)
    citaten = CitaatSerializer(many=True)
    voorbeelden = VoorbeeldSerializer(many=True)
    werkdocumenten = WerkdocumentSerializer(many=True)


class ProjectSerializer(serializers.Serializer):
    """A blueprint carried out in one or more regions; `blauwdruk` is the slug of a published one."""

    slug = serializers.SlugField()
    titel = serializers.CharField()
    url = serializers.URLField()
    doel = serializers.CharField()
    blauwdruk = serializers.SlugField(allow_null=True)
    landelijk = serializers.BooleanField()
    regios = NaamSerializer(many=True)
    programma = NaamSerializer(allow_null=True)
    programmadoel = NaamSerializer(allow_null=True)
    nummer = serializers.IntegerField(allow_null=True)
    organisatie = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(Project.Status.choices)
    status_met_moment = serializers.CharField()
    beschreven = serializers.CharField(allow_null=True)
    beschreven_in_woorden = serializers.CharField(allow_null=True)
    prioriteit = serializers.ChoiceField(Project.Prioriteit.choices, allow_blank=True)
    periode_begin = serializers.DateField(allow_null=True)
    periode_eind = serializers.DateField(allow_null=True)
    begin = serializers.CharField(allow_null=True)
    eind = serializers.CharField(allow_null=True)
    periode = serializers.CharField()
    budget = serializers.DecimalField(12, 2, allow_null=True)
    wat_aangepast = serializers.CharField()
    resultaat = serializers.CharField()


class RegioSerializer(serializers.Serializer):
    """A labour-market region."""

    slug = serializers.SlugField()
    naam = serializers.CharField()
    cbs_code = serializers.CharField()
    url = serializers.URLField()
    provincies = NaamSerializer(many=True)
    centrumgemeente = serializers.CharField(allow_null=True)
    gemeenten = serializers.ListField(child=serializers.CharField())


class ThemaSerializer(NaamSerializer):
    """A theme, with the number of published blueprints."""

    uitleg = serializers.CharField()
    url = serializers.URLField()
    aantal = serializers.IntegerField()


class ProgrammaSerializer(NaamSerializer):
    """A programme with its goals, and the numbers of its published blueprints and projects."""

    uitleg = serializers.CharField()
    url = serializers.URLField()
    jaar_van = serializers.IntegerField(allow_null=True)
    jaar_tot = serializers.IntegerField(allow_null=True)
    tekst = serializers.CharField()
    bron = serializers.CharField()
    doelen = NaamSerializer(many=True)
    aantal_blauwdrukken = serializers.IntegerField()
    aantal_projecten = serializers.IntegerField()


class OptieSerializer(NaamSerializer):
    """A choice of a facet, with what it would give while the other facets stay as they are."""

    aantal = serializers.IntegerField()


class FoutSerializer(serializers.Serializer):
    """What was wrong with the request, in Dutch."""

    fout = serializers.CharField()
