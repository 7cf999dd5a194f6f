"""Who may do what at which address of the back office.

One letter says what a role gets: M may, - is refused, 0 there is no such page, x not asked for in this way (405),
4 cannot be read (400). A few named lines hold the letters, one group for each role; the table says which line an
address has, for GET and for POST. Of two addresses with a * the first that fits counts.

A new role is a group in each line. A new viewset is a line in VIEWSETS, a new address one word in the table.
"""

from __future__ import annotations

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

Rule = tuple[str, str]  # letters for GET and for POST

# Role -> entries that it is asked about, in the order of its letters: its own or of its own region, of another and
# published with a newer draft, of another and never published. Of one who reaches all entries one is enough.
TESTED_ROLES = {
    "Werkgeversorganisatie": ("eigen", "ander"),
    "Regiocoördinator": ("eigen", "ander", "concept"),
    "Secretariaat": ("ander",),
    "Beheerder": ("ander",),
}

# Addresses that are about no entry.
EVERYBODY = "M M M M"
WRITERS = "- M M M"
STAFF = "- - M M"
ADMINS = "- - - M"
REFUSED = "- - - -"
MISSING = "0 0 0 0"
# Addresses that are about one entry: those of regions, and those that an employer owns as well.
READ, READ_OWN = "-- MM- M M", "M- MM- M M"
WORK, WORK_OWN = "-- M-- M M", "M- M-- M M"
MANAGE = "-- --- M M"
JUDGE = "-- --- M -"  # who judges is for the task to say; the task of this test is for the Secretariaat
# Choosers offer what is public, and one's own; a draft of another is not there.
CHOSEN = "MM MM0 M M"
# Files and pictures: everybody adds them, changes one's own, and knows of no other but what one may see.
SEE_FILE, OWN_FILE = "MM MM- M M", "M- --- M M"


def only(letters: str, instead: str = "x") -> str:
    """What this gives in a way that is not asked for: who may not is refused first."""
    return letters.replace("M", instead)


def never(letters: str) -> str:
    """Not asked for in this way, whoever one is."""
    return "".join("x" if letter != " " else " " for letter in letters)


def both(letters: str) -> Rule:
    return letters, letters


def get(letters: str) -> Rule:
    return letters, only(letters)


def post(letters: str) -> Rule:
    return only(letters), letters


def table(*lines: tuple[Rule, str], before: str = "") -> dict[str, Rule]:
    """Rule of each of these names, which have this text before them."""
    return {before + name: rule for rule, names in lines for name in names.split()}


def entry(read: str, work: str, write: str) -> dict[str, Rule]:
    """Addresses of an entry with drafts: who reads it, who works on it, and who begins a new one."""
    return table(
        (get(write), "list list_results"),
        (both(write), "add preview_on_add"),
        (get(read), "copy inspect usage history history_results"),
        (get(work), "revisions_view revisions_compare workflow_history workflow_history_detail"),
        (both(work), "edit preview_on_edit revisions_revert confirm_workflow_cancellation"),
        (post(work), "opmerkingen"),
        (both(MANAGE), "delete unpublish revisions_unschedule"),
        (post(MANAGE), "lock unlock"),
        (both(JUDGE), "workflow_action collect_workflow_action_data"),
        ((JUDGE, only(work)), "workflow_preview"),
    )


BY_REGION = entry(READ, WORK, WRITERS)
BY_OWNER = entry(READ_OWN, WORK_OWN, EVERYBODY)
PAGE = entry(MANAGE, MANAGE, STAFF)
del PAGE["inspect"], PAGE["opmerkingen"]
VERSIONS = table(
    (get(WORK), "versies"),
    (both(only(MANAGE, "0")), "versie_intrekken"),  # the one version of these entries is the newest
)
# An entry without drafts.
WORD = table(
    (get(STAFF), "list list_results"),
    (both(STAFF), "add"),
    (get(MANAGE), "usage history history_results"),
    (both(MANAGE), "edit delete"),
)
# Who writes a blueprint may add an organisation that is not there yet.
ORGANISATION = WORD | table((get(WRITERS), "list list_results"), (both(WRITERS), "add"))
CHOOSE_WORD = table((get(EVERYBODY), "choose choose_results chosen chosen_multiple"))
CHOOSE = CHOOSE_WORD | {"chosen": (CHOSEN, never(CHOSEN))}
CHOOSE_ORGANISATION = CHOOSE_WORD | {"create": both(WRITERS)}

VIEWSETS: dict[str, tuple[dict[str, Rule], dict[str, Rule]]] = {
    "blauwdrukken_blauwdruk": (BY_REGION | VERSIONS, CHOOSE),
    "blauwdrukken_project": (BY_REGION, CHOOSE),
    "blauwdrukken_verhaal": (BY_OWNER, CHOOSE),
    "blauwdrukken_begrip": (WORD, CHOOSE_WORD),
    "blauwdrukken_synoniem": (WORD, CHOOSE_WORD),
    "blauwdrukken_thema": (WORD, CHOOSE_WORD),
    "blauwdrukken_doelgroep": (WORD, CHOOSE_WORD),
    "blauwdrukken_programma": (WORD, CHOOSE_WORD),
    "blauwdrukken_programmadoel": (WORD, CHOOSE_WORD),
    "blauwdrukken_bron": (WORD, CHOOSE_WORD),
    "blauwdrukken_organisatie": (ORGANISATION, CHOOSE_ORGANISATION),
    "regios_regio": (WORD, CHOOSE_WORD),
    "regios_gemeente": (WORD, CHOOSE_WORD),
    "kennisbank_pagina": (PAGE, CHOOSE),
}

DOCUMENT, PICTURE = (model()._meta.label_lower for model in (get_document_model, get_image_model))
BULK = table(
    (both(ADMINS), "kennisbank.user:*"),
    (both(MISSING), "wagtailcore.page:*"),
    ((STAFF, REFUSED), f"{DOCUMENT}:delete"),  # the file is in use
    (both(STAFF), f"{DOCUMENT}:* {PICTURE}:* blauwdrukken.organisatie:samenvoegen *:delete *:publiceren *:intrekken"),
    before="bulk:",
)
USERS = table(
    (get(STAFF), "index index_results usage history history_results"),
    (both(STAFF), "add edit delete"),
    (both(REFUSED), "opnieuw-uitnodigen tweede-stap-wissen"),  # accounts here have no mail address and no second factor
    before="wagtailusers_users:",
)
GROUPS = table(
    (get(ADMINS), "index index_results usage history history_results"),
    (both(ADMINS), "add edit delete"),
    before="wagtailusers_groups:",
)
WORKFLOWS = table(
    (both(only(ADMINS, "0")), "add_task"),
    (both(ADMINS), "disable*"),
    (post(ADMINS), "enable* remove"),
    (get(ADMINS), "*index* task_chooser task_chooser_results"),
    (both(REFUSED), "usage*"),  # Wagtail asks a right on pages here, and nobody has one
    ((ADMINS, only(ADMINS, "4")), "task_chooser_create"),  # which kind of task is not said
    (both(ADMINS), "*"),
    before="wagtailadmin_workflows:",
)
REPORTS = table(
    (get(STAFF), "site_history*"),
    (both(REFUSED), "workflow*"),
    (both(MISSING), "*"),
    before="wagtailadmin_reports:",
)
EDITOR = table(
    (get(EVERYBODY), "home dismissibles"),
    (both(EVERYBODY), "account"),
    (post(EVERYBODY), "logout editing_sessions:release"),
    ((never(WORK), WORK.replace("-", "0")), "editing_sessions:ping"),
    # The editor of rich text makes its links here; there are no pages to choose.
    (both(EVERYBODY), "choose_page_external_link choose_page_email_link"),
    (both(MISSING), "choose_page* api:* block_preview collections:* error_test explore* pages:* tag_*"),
    before="wagtailadmin_",
)


def files(kind: str) -> dict[str, Rule]:
    """Addresses of documents or pictures."""
    return table(
        (get(EVERYBODY), ":index* _chooser:choose* _chooser:chosen_multiple"),
        (both(EVERYBODY), ":add _chooser:create"),
        ((EVERYBODY, only(EVERYBODY, "4")), ":add_multiple"),
        (both(OWN_FILE), ":edit :delete"),
        (get(OWN_FILE), ":*_usage"),
        ((never(OWN_FILE), OWN_FILE), ":edit_multiple :delete_multiple"),
        ((never(MISSING), MISSING), ":delete_upload_multiple :create_multiple*"),
        ((SEE_FILE, never(SEE_FILE)), "_chooser:chosen"),
        before=kind,
    )


TABLE: dict[str, Rule] = {
    f"wagtailsnippet{part}_{viewset}:{name}": rule
    for viewset, rules in VIEWSETS.items()
    for part, own in zip(("s", "choosers"), rules, strict=True)
    for name, rule in own.items()
}
TABLE |= BULK | USERS | GROUPS | WORKFLOWS | REPORTS | EDITOR | files("wagtaildocs") | files("wagtailimages")
TABLE |= {
    "zoek_alles": get(EVERYBODY),
    "zoekopdrachten:list": get(STAFF),
    "zoekopdrachten:wis": (only(STAFF), only(STAFF, "0")),
    "wagtailsnippets:index": both(REFUSED),
    "wagtaildocs:delete": (OWN_FILE, OWN_FILE.replace("M", "-")),  # the file is in use
    "wagtailimages:preview": both(OWN_FILE),
    "wagtailimages:url_generator*": (never(OWN_FILE).replace("x", "0"), never(OWN_FILE)),
    "wagtailimages_chooser:select_format": both(SEE_FILE),
}

# Nobody is asked who they are.
PUBLIC = (
    "wagtailadmin_sprite",
    "wagtailadmin_login",
    "wagtailadmin_password_reset*",
    "wagtailadmin_javascript_catalog",
)
