"""The site's own pages and its accounts in the back office."""

from typing import Any

from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet

from blauwdrukken.beheer.form.panels import planning_panel, title_and_address_panel
from blauwdrukken.beheer.lists.base import BeheerViewSet
from blauwdrukken.beheer.publication.withdraw import WithdrawView

from .login.account_page import menu_items
from .models import Pagina
from .users import actions as account_actions
from .users import bulk


class PaginaViewSet(BeheerViewSet):
    """List and editing screens of pages."""

    model = Pagina
    icon = "doc-empty"
    menu_order = 120
    add_to_admin_menu = True
    search_fields = ["titel", "tekst"]
    unpublish_view_class = WithdrawView
    list_display = ["titel", "slug", UpdatedAtColumn(), LiveStatusTagColumn()]
    list_filter = ["live"]
    list_export = ["titel", "slug", "live", "intro", "last_published_at"]
    export_filename = "paginas"
    edit_handler = ObjectList(
        [
            title_and_address_panel(
                FieldPanel("intro", help_text="Eén of twee zinnen boven aan de pagina."),
                heading="Pagina",
                help_text="Zo staat de pagina ook in het menu van de browser.",
            ),
            FieldPanel("tekst", help_text="Waar {contact} staat, toont de site het mailadres van het secretariaat."),
            FieldRowPanel([FieldPanel("herkomst"), FieldPanel("bron")]),
            planning_panel(),
        ]
    )


register_snippet(PaginaViewSet)

for item in menu_items():
    hooks.register("register_account_menu_item", item)
for action in bulk.BULK_ACTIONS:
    hooks.register("register_bulk_action", action, order=10)


@hooks.register("register_log_actions")
def register_account_log(actions: Any) -> None:
    """Name what the secretariat does with an account."""
    actions.register_action(account_actions.INVITED, "Uitnodigen", "Uitnodiging gemaild")
    actions.register_action(account_actions.SECOND_FACTOR_CLEARED, "Tweede stap wissen", "Tweede stap gewist")
