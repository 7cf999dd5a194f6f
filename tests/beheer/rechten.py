"""Who may do what at which address of the back office: for each address a line for GET and one for POST.

Letters, in this order: Werkgeversorganisatie with its own and another's entry, Regiocoördinator with an entry of its
own region, one of another region that is published and has a newer draft, and one of another region that was never
published, Secretariaat, Beheerder. With four letters the address is about no entry: one for each role. Of two lines
with a * the first that fits counts.

M may, - is refused, 0 there is no such page, x not asked for in this way (405).

A new viewset is one line in VIEWSETS, and one in ACTIES for each address that the others do not have.
"""

from __future__ import annotations

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

Regels = dict[str, tuple[str, str]]

# Nobody is asked who they are.
PUBLIEK = (
    "wagtailadmin_sprite",
    "wagtailadmin_login",
    "wagtailadmin_password_reset*",
    "wagtailadmin_javascript_catalog",
)

IEDEREEN = "M M M M"
NIEMAND = "0 0 0 0"
GEEN = "x x x x"
SECRETARIAAT = "- - M M"
SECRETARIAAT_GEEN = "- - x x"
BEHEERDER = "- - - M"
BEHEERDER_GEEN = "- - - x"

# An entry with drafts and regions.
MET_REGIO: Regels = {
    "list": ("- M M M", "- x x x"),
    "list_results": ("- M M M", "- x x x"),
    "add": ("- M M M", "- M M M"),
    "preview_on_add": ("- M M M", "- M M M"),
    "edit": ("-- M-- M M", "-- M-- M M"),
    "preview_on_edit": ("-- M-- M M", "-- M-- M M"),
    "delete": ("-- --- M M", "-- --- M M"),
    "unpublish": ("-- --- M M", "-- --- M M"),
    "copy": ("-- MM- M M", "-- xx- x x"),
    "inspect": ("-- MM- M M", "-- xx- x x"),
    "usage": ("-- MM- M M", "-- xx- x x"),
    "history": ("-- MM- M M", "-- xx- x x"),
    "history_results": ("-- MM- M M", "-- xx- x x"),
    "revisions_view": ("-- M-- M M", "-- x-- x x"),
    "revisions_revert": ("-- M-- M M", "-- M-- M M"),
    "revisions_compare": ("-- M-- M M", "-- x-- x x"),
    "revisions_unschedule": ("-- --- M M", "-- --- M M"),
    "lock": ("-- --- x x", "-- --- M M"),
    "unlock": ("-- --- x x", "-- --- M M"),
    # Who judges is for the task to say; the task of this test is for the Secretariaat.
    "workflow_action": ("-- --- M -", "-- --- M -"),
    "collect_workflow_action_data": ("-- --- M -", "-- --- M -"),
    "workflow_preview": ("-- --- M -", "-- x-- x x"),
    "confirm_workflow_cancellation": ("-- M-- M M", "-- M-- M M"),
    "workflow_history": ("-- M-- M M", "-- x-- x x"),
    "workflow_history_detail": ("-- M-- M M", "-- x-- x x"),
    "opmerkingen": ("-- x-- x x", "-- M-- M M"),
}
MET_VERSIES: Regels = MET_REGIO | {
    "versies": ("-- M-- M M", "-- x-- x x"),
    "versie_intrekken": ("-- --- 0 0", "-- --- 0 0"),  # the one version of these entries is the newest
}


def alleen_secretariaat(regels: Regels) -> Regels:
    """The same addresses, closed to who works for a region or an organisation."""

    def dicht(letters: str) -> str:
        rest = letters.replace(" ", "")
        return "-" * (len(rest) - 2) + rest[-2:]

    return {naam: (dicht(get), dicht(post)) for naam, (get, post) in regels.items()}


def ook_van_een_eigenaar(regels: Regels) -> Regels:
    """The same addresses, where an organisation may do with its own entry what a coordinator may within a region."""

    def open_(letters: str) -> str:
        eerste, _, rest = letters.partition(" ")
        return f"{rest[0]}{eerste[1:]} {rest}"

    return {naam: (open_(get), open_(post)) for naam, (get, post) in regels.items()}


MET_EIGENAAR = ook_van_een_eigenaar(MET_REGIO)
VOOR_SECRETARIAAT = alleen_secretariaat(MET_REGIO)
# An entry without drafts.
WOORD = {
    naam: VOOR_SECRETARIAAT[naam]
    for naam in ("list", "list_results", "add", "edit", "delete", "usage", "history", "history_results")
}
# Choosers offer what is public, and one's own; a draft of another is not there.
KIEZER: Regels = {
    "choose": (IEDEREEN, GEEN),
    "choose_results": (IEDEREEN, GEEN),
    "chosen": ("MM MM0 M M", "xx xxx x x"),
    "chosen_multiple": (IEDEREEN, GEEN),
}
KIEZER_WOORD = KIEZER | {"chosen": (IEDEREEN, GEEN)}
# Who writes a blueprint may add an organisation that is not there yet.
ORGANISATIE = WOORD | {
    "list": ("- M M M", "- x x x"),
    "list_results": ("- M M M", "- x x x"),
    "add": ("- M M M", "- M M M"),
}
KIEZER_ORGANISATIE = KIEZER_WOORD | {"create": ("- M M M", "- M M M")}

VIEWSETS: dict[str, tuple[Regels, Regels]] = {
    "blauwdrukken_blauwdruk": (MET_VERSIES, KIEZER),
    "blauwdrukken_project": (MET_REGIO, KIEZER),
    "blauwdrukken_verhaal": (MET_EIGENAAR, KIEZER),
    "blauwdrukken_begrip": (WOORD, KIEZER_WOORD),
    "blauwdrukken_synoniem": (WOORD, KIEZER_WOORD),
    "blauwdrukken_thema": (WOORD, KIEZER_WOORD),
    "blauwdrukken_doelgroep": (WOORD, KIEZER_WOORD),
    "blauwdrukken_programma": (WOORD, KIEZER_WOORD),
    "blauwdrukken_organisatie": (ORGANISATIE, KIEZER_ORGANISATIE),
    "regios_regio": (WOORD, KIEZER_WOORD),
    "regios_gemeente": (WOORD, KIEZER_WOORD),
    "kennisbank_pagina": (
        {naam: r for naam, r in VOOR_SECRETARIAAT.items() if naam not in ("inspect", "opmerkingen")},
        KIEZER,
    ),
}

# Addresses that only one viewset has, and all that is no viewset of entries.
OVERIG: Regels = {
    "zoek_alles": (IEDEREEN, GEEN),
    "zoekopdrachten:list": (SECRETARIAAT, SECRETARIAAT_GEEN),
    "zoekopdrachten:wis": (SECRETARIAAT_GEEN, "- - 0 0"),
    "bulk:kennisbank.user:*": (BEHEERDER, BEHEERDER),
    "bulk:wagtailcore.page:*": (NIEMAND, NIEMAND),
    f"bulk:{get_document_model()._meta.label_lower}:delete": (SECRETARIAAT, "- - - -"),  # the file is in use
    f"bulk:{get_document_model()._meta.label_lower}:*": (SECRETARIAAT, SECRETARIAAT),
    f"bulk:{get_image_model()._meta.label_lower}:*": (SECRETARIAAT, SECRETARIAAT),
    "bulk:blauwdrukken.organisatie:samenvoegen": (SECRETARIAAT, SECRETARIAAT),
    "bulk:*:delete": (SECRETARIAAT, SECRETARIAAT),
    "bulk:*:publiceren": (SECRETARIAAT, SECRETARIAAT),
    "bulk:*:intrekken": (SECRETARIAAT, SECRETARIAAT),
    "wagtailusers_users:index": (SECRETARIAAT, SECRETARIAAT_GEEN),
    "wagtailusers_users:index_results": (SECRETARIAAT, SECRETARIAAT_GEEN),
    "wagtailusers_users:add": (SECRETARIAAT, SECRETARIAAT),
    "wagtailusers_users:edit": (SECRETARIAAT, SECRETARIAAT),
    "wagtailusers_users:delete": (SECRETARIAAT, SECRETARIAAT),
    "wagtailusers_users:opnieuw-uitnodigen": ("----", "----"),  # none of the accounts here has a mail address
    "wagtailusers_users:tweede-stap-wissen": ("----", "----"),  # nor a second factor
    "wagtailusers_users:usage": (SECRETARIAAT, SECRETARIAAT_GEEN),
    "wagtailusers_users:history": (SECRETARIAAT, SECRETARIAAT_GEEN),
    "wagtailusers_users:history_results": (SECRETARIAAT, SECRETARIAAT_GEEN),
    "wagtailusers_groups:index": (BEHEERDER, BEHEERDER_GEEN),
    "wagtailusers_groups:index_results": (BEHEERDER, BEHEERDER_GEEN),
    "wagtailusers_groups:add": (BEHEERDER, BEHEERDER),
    "wagtailusers_groups:edit": (BEHEERDER, BEHEERDER),
    "wagtailusers_groups:delete": (BEHEERDER, BEHEERDER),
    "wagtailusers_groups:usage": (BEHEERDER, BEHEERDER_GEEN),
    "wagtailusers_groups:history": (BEHEERDER, BEHEERDER_GEEN),
    "wagtailusers_groups:history_results": (BEHEERDER, BEHEERDER_GEEN),
    "wagtailadmin_workflows:add_task": ("- - - 0", "- - - 0"),
    "wagtailadmin_workflows:disable*": (BEHEERDER, BEHEERDER),
    "wagtailadmin_workflows:enable*": (BEHEERDER_GEEN, BEHEERDER),
    "wagtailadmin_workflows:remove": (BEHEERDER_GEEN, BEHEERDER),
    "wagtailadmin_workflows:*index*": (BEHEERDER, BEHEERDER_GEEN),
    # Wagtail asks a right on pages here, and nobody has one.
    "wagtailadmin_workflows:usage*": ("- - - -", "- - - -"),
    "wagtailadmin_workflows:task_chooser": (BEHEERDER, BEHEERDER_GEEN),
    "wagtailadmin_workflows:task_chooser_results": (BEHEERDER, BEHEERDER_GEEN),
    "wagtailadmin_workflows:task_chooser_create": (BEHEERDER, "- - - 4"),  # which kind of task is not said
    "wagtailadmin_workflows:*": (BEHEERDER, BEHEERDER),
    "wagtailadmin_reports:site_history*": (SECRETARIAAT, SECRETARIAAT_GEEN),
    "wagtailadmin_reports:workflow*": ("- - - -", "- - - -"),
    "wagtailadmin_reports:*": (NIEMAND, NIEMAND),
    "wagtailadmin_home": (IEDEREEN, GEEN),
    "wagtailadmin_account": (IEDEREEN, IEDEREEN),
    "wagtailadmin_logout": (GEEN, IEDEREEN),
    "wagtailadmin_dismissibles": (IEDEREEN, GEEN),
    "wagtailadmin_editing_sessions:ping": ("xx xxx x x", "00 M00 M M"),
    "wagtailadmin_editing_sessions:release": (GEEN, IEDEREEN),
    # The editor of rich text makes its links here; there are no pages to choose.
    "wagtailadmin_choose_page_external_link": (IEDEREEN, IEDEREEN),
    "wagtailadmin_choose_page_email_link": (IEDEREEN, IEDEREEN),
    "wagtailadmin_choose_page*": (NIEMAND, NIEMAND),
    "wagtailsnippets:index": ("- - - -", "- - - -"),
    "wagtailadmin_api:*": (NIEMAND, NIEMAND),
    "wagtailadmin_block_preview": (NIEMAND, NIEMAND),
    "wagtailadmin_collections:*": (NIEMAND, NIEMAND),
    "wagtailadmin_error_test": (NIEMAND, NIEMAND),
    "wagtailadmin_explore*": (NIEMAND, NIEMAND),
    "wagtailadmin_pages:*": (NIEMAND, NIEMAND),
    "wagtailadmin_tag_*": (NIEMAND, NIEMAND),
}

# Files and pictures: everybody adds them, changes one's own, and knows of no other but what one may see.
GEEN_BESTAND = "xx xxx x x"
ZICHTBAAR_BESTAND = "MM MM- M M"
EIGEN_BESTAND = "M- --- M M"
for soort in ("wagtaildocs", "wagtailimages"):
    OVERIG |= {
        f"{soort}:index*": (IEDEREEN, GEEN),
        f"{soort}:add": (IEDEREEN, IEDEREEN),
        f"{soort}:add_multiple": (IEDEREEN, "4 4 4 4"),
        f"{soort}:edit": (EIGEN_BESTAND, EIGEN_BESTAND),
        f"{soort}:delete": (EIGEN_BESTAND, EIGEN_BESTAND),
        f"{soort}:*_usage": (EIGEN_BESTAND, "x- --- x x"),
        f"{soort}:edit_multiple": (GEEN_BESTAND, EIGEN_BESTAND),
        f"{soort}:delete_multiple": (GEEN_BESTAND, EIGEN_BESTAND),
        f"{soort}:delete_upload_multiple": (GEEN, NIEMAND),
        f"{soort}:create_multiple*": (GEEN, NIEMAND),
        f"{soort}_chooser:choose*": (IEDEREEN, GEEN),
        f"{soort}_chooser:chosen_multiple": (IEDEREEN, GEEN),
        f"{soort}_chooser:chosen": (ZICHTBAAR_BESTAND, GEEN_BESTAND),
        f"{soort}_chooser:create": (IEDEREEN, IEDEREEN),
    }
OVERIG["wagtaildocs:delete"] = (EIGEN_BESTAND, "-- --- - -")  # the file is in use
OVERIG["wagtailimages:preview"] = (EIGEN_BESTAND, EIGEN_BESTAND)
OVERIG["wagtailimages:url_generator*"] = ("00 000 0 0", GEEN_BESTAND)
OVERIG["wagtailimages_chooser:select_format"] = (ZICHTBAAR_BESTAND, ZICHTBAAR_BESTAND)

TABEL: Regels = {}
for viewset, (schermen, keuzes) in VIEWSETS.items():
    TABEL |= {f"wagtailsnippets_{viewset}:{naam}": regel for naam, regel in schermen.items()}
    TABEL |= {f"wagtailsnippetchoosers_{viewset}:{naam}": regel for naam, regel in keuzes.items()}
TABEL |= OVERIG
