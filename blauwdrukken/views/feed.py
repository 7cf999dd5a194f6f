"""The list of blueprints as a feed to follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from ..filters import BlauwdrukFilter
from ..models import Blauwdruk
from ..search.engine import PAGE_SIZE
from ..text.clean import sanitize


class PagedFeed(Atom1Feed):
    """Atom in pages that name the next and the previous one (RFC 5005)."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel, url in self.feed["bladeren"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": url})


@dataclass(frozen=True)
class FeedPage:
    """One page of the list, with the query that asked for it."""

    page: Page
    query: QueryDict

    def url(self, naam: str, **anders: Any) -> str:
        """Address of this list under another name or with other parameters."""
        query = self.query.copy()
        for parameter, value in anders.items():
            query[parameter] = str(value)
        return f"{settings.BASE_URL}{reverse(naam)}" + (f"?{query.urlencode()}" if query else "")


class BlauwdrukFeed(Feed):
    """The filtered set as Atom, the newest first unless the query says otherwise."""

    feed_type = PagedFeed
    title = f"Blauwdrukken – {settings.SITE_NAME}"
    subtitle = "Nieuwe en gewijzigde aanpakken van de arbeidsmarktregio's"
    author_name = settings.SITE_NAME

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FeedPage:
        nummer = request.GET.get("pagina", "1")
        if not (nummer.isascii() and nummer.isdecimal()):
            raise Http404
        filterset = BlauwdrukFilter(request.GET, Blauwdruk.objects.published())
        try:
            return FeedPage(Paginator(filterset.qs, PAGE_SIZE).page(int(nummer[:9])), request.GET)
        except EmptyPage:
            raise Http404 from None

    def link(self, blad: FeedPage) -> str:
        return blad.url("blauwdruk-list")

    def feed_url(self, blad: FeedPage) -> str:
        return blad.url("blauwdruk-feed")

    def feed_guid(self, blad: FeedPage) -> str:
        return self.feed_url(blad)

    def feed_extra_kwargs(self, blad: FeedPage) -> dict[str, Any]:
        page, bladeren = blad.page, {}
        if page.has_next():
            bladeren["next"] = blad.url("blauwdruk-feed", pagina=page.next_page_number())
        if page.has_previous():
            bladeren["previous"] = blad.url("blauwdruk-feed", pagina=page.previous_page_number())
        return {"bladeren": bladeren}

    def items(self, blad: FeedPage) -> list[Blauwdruk]:
        return list(blad.page.object_list)

    def item_title(self, blauwdruk: Blauwdruk) -> str:
        return sanitize(blauwdruk.titel)

    def item_description(self, blauwdruk: Blauwdruk) -> str:
        return sanitize(blauwdruk.samenvatting)

    def item_link(self, blauwdruk: Blauwdruk) -> str:
        return f"{settings.BASE_URL}{blauwdruk.get_absolute_url()}"

    def item_guid(self, blauwdruk: Blauwdruk) -> str:
        return f"{settings.BASE_URL}{blauwdruk.short_path()}"

    def item_pubdate(self, blauwdruk: Blauwdruk) -> datetime | None:
        return blauwdruk.first_published_at

    def item_updateddate(self, blauwdruk: Blauwdruk) -> datetime | None:
        return blauwdruk.last_published_at
