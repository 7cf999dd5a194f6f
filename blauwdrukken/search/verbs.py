"""Forms of Dutch verbs that no ending gives away: strong verbs, and participles with "ge" inside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

SEPARABLE_PREFIXES = frozenset(
    "aan achter af bij door in mee mis na om onder op over rond samen terug tegen toe uit voor weg".split()
)
FIXED_PREFIXES = frozenset("be ge her mis ont over onder ver vol voor".split())

# One verb a line: present, past and participle without "ge". Forms that are a word of their own are left out.
_STRONG_VERBS = """
beginnen begin begint begon begonnen
bieden biedt bood boden
blijven blijf blijft bleef bleven
breken breek breekt brak braken broken
brengen breng brengt bracht brachten
buigen boog bogen
denken denk denkt dacht dachten
dragen draag draagt droeg droegen
dringen dringt drong drongen
drinken drinkt dronk dronken
dwingen dwingt dwong dwongen
eten eet aten
gelden geldt gold golden
geven geef geeft gaf gaven
grijpen grijpt greep grepen
hangen hangt hing hingen
helpen help helpt hielp hielpen holpen
houden houd houdt hield hielden
kiezen kies kiest koos kozen
kijken kijkt keek keken
klinken klinkt klonk klonken
komen kom komt kwam kwamen
kopen koop koopt kocht kochten
krijgen krijg krijgt kreeg kregen
laten laat liet lieten
lezen leest las
liezen lies liest loor loren
lopen loop loopt liep liepen
nemen neem neemt nam namen nomen
rijden rijd rijdt reed
roepen roept riep riepen
scheiden scheidt scheidde
schenken schenkt schonk schonken
schieten schiet schoot schoten
schrijven schrijf schrijft schreef schreven
schuiven schuift schoof schoven
sluiten sluit sloot sloten
spreken spreek spreekt sprak spraken sproken
springen springt sprong sprongen
staan staat stond stonden
steken steekt stak staken stoken
stijgen stijgt steeg stegen
treden treedt trad traden
treffen tref treft trof troffen
trekken trek trekt trok trokken
vallen valt viel vielen
vangen vang vangt ving vingen
vinden vind vindt vond vonden
vragen vraag vraagt vroeg vroegen
werpen werpt wierp wierpen worpen
werven werf werft wierf wierven worven
wijzen wijst wees wezen
winnen wint won wonnen
zenden zendt zond zonden
zien ziet zag zagen
zoeken zoek zoekt zocht zochten
zwijgen zwijgt zweeg zwegen
"""
_FORMS_BY_FORM: dict[str, list[frozenset[str]]] = defaultdict(list)
for _line in _STRONG_VERBS.split("\n"):
    for _form in _line.split():
        _FORMS_BY_FORM[_form].append(frozenset(_line.split()))


def strong_forms(word: str) -> set[str]:
    """Possible other forms of a strong verb, with its prefix: "mislopen" gives "misliep", "geholpen" gives "help"."""
    return {
        before + ge + form
        for i in range(len(word) - 2)
        for before in _verb_prefixes(word[:i])
        for forms in _FORMS_BY_FORM.get(word[i:], ())
        for form in forms
        for ge in ("", "ge")
    } - {word}


def _verb_prefixes(start: str) -> Iterator[str]:
    """The prefix of a verb with which a form begins, without the "ge" of a participle."""
    for before in {start, start.removesuffix("ge")}:
        if not before or before in SEPARABLE_PREFIXES | FIXED_PREFIXES:
            yield before


def without_ge(word: str) -> set[str]:
    """Possible infinitives of a participle ("gefilmd" gives "filmen", "opgeleid" gives "opleiden")."""
    before, centre, core = word.partition("ge")
    if not centre or len(core) < 4 or not (not before or before in SEPARABLE_PREFIXES):
        return set()
    return {before + core, before + core + "en", before + core[:-1], before + core[:-1] + "en"}
