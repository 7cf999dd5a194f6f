"""The site's own pages in the back office, and who may make accounts."""

from wagtail import hooks
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet

from blauwdrukken.beheer.basis import BeheerViewSet

from .models import Pagina
from .toegang import geen_hogere_rol


class PaginaViewSet(BeheerViewSet):
    """List and editing screens of pages."""

    model = Pagina
    icon = "doc-empty"
    menu_order = 120
    add_to_admin_menu = True
    search_fields = ["titel", "tekst"]
    list_display = ["titel", "slug", UpdatedAtColumn(), LiveStatusTagColumn()]


register_snippet(PaginaViewSet)
for moment in ("before_create_user", "before_edit_user", "before_delete_user"):
    hooks.register(moment, geen_hogere_rol)
