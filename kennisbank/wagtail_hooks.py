"""The site's own pages in the back office."""

from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Pagina


class PaginaViewSet(SnippetViewSet):
    """List and editing screens of pages."""

    model = Pagina
    icon = "doc-empty"
    menu_order = 120
    add_to_admin_menu = True
    search_backend_name = None
    search_fields = ["titel", "tekst"]
    list_display = ["titel", "slug", UpdatedAtColumn(), LiveStatusTagColumn()]


register_snippet(PaginaViewSet)
