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

from ..depends import On, depends
from ..filters import BlauwdrukFilter
from ..models import Blauwdruk
from ..search.engine import PAGE_SIZE
from ..text.clean import sanitize


class PagedFeed(Atom1Feed):
    """Atom in pages that name the next and the previous one (RFC 5005)."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel, url in self.feed["page_links"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": url})


@dataclass(frozen=True)
class FeedPage:
    """One page of the list, with the query that asked for it."""

    page: Page
    query: QueryDict

    def url(self, name: str, **parameters: Any) -> str:
        """Address of this list under another name or with other parameters."""
        query = self.query.copy()
        for parameter, value in parameters.items():
            query[parameter] = str(value)
        return f"{settings.BASE_URL}{reverse(name)}" + (f"?{query.urlencode()}" if query else "")


@depends(On.CONTENT, query=None)
class BlauwdrukFeed(Feed):
    """The filtered set as Atom, the newest first unless the query says otherwise."""

    feed_type = PagedFeed
    title = f"Blauwdrukken – {settings.SITE_NAME}"
    subtitle = "Nieuwe en gewijzigde aanpakken van de arbeidsmarktregio's"
    author_name = settings.SITE_NAME

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FeedPage:
        number = request.GET.get("pagina", "1")
        if not (number.isascii() and number.isdecimal()):
            raise Http404
        filterset = BlauwdrukFilter(request.GET, Blauwdruk.objects.published())
        filterset.refuse_unknown()
        try:
            return FeedPage(Paginator(filterset.qs, PAGE_SIZE).page(int(number[:9])), request.GET)
        except EmptyPage:
            raise Http404 from None

    def link(self, feed_page: FeedPage) -> str:
        return feed_page.url("blauwdruk-list")

    def feed_url(self, feed_page: FeedPage) -> str:
        return feed_page.url("blauwdruk-feed")

    def feed_guid(self, feed_page: FeedPage) -> str:
        return self.feed_url(feed_page)

    def feed_extra_kwargs(self, feed_page: FeedPage) -> dict[str, Any]:
        page, page_links = feed_page.page, {}
        if page.has_next():
            page_links["next"] = feed_page.url("blauwdruk-feed", pagina=page.next_page_number())
        if page.has_previous():
            page_links["previous"] = feed_page.url("blauwdruk-feed", pagina=page.previous_page_number())
        return {"page_links": page_links}

    def items(self, feed_page: FeedPage) -> list[Blauwdruk]:
        return list(feed_page.page.object_list)

    def item_title(self, blauwdruk: Blauwdruk) -> str:
        return sanitize(blauwdruk.titel)

    def item_description(self, blauwdruk: Blauwdruk) -> str:
        return sanitize(f"{blauwdruk.fase_met_moment}. {blauwdruk.zekerheid.label}. {blauwdruk.samenvatting}")

    def item_link(self, blauwdruk: Blauwdruk) -> str:
        return f"{settings.BASE_URL}{blauwdruk.get_absolute_url()}"

    def item_guid(self, blauwdruk: Blauwdruk) -> str:
        return f"{settings.BASE_URL}{blauwdruk.short_path()}"

    def item_pubdate(self, blauwdruk: Blauwdruk) -> datetime | None:
        return blauwdruk.first_published_at

    def item_updateddate(self, blauwdruk: Blauwdruk) -> datetime | None:
        return blauwdruk.last_published_at
