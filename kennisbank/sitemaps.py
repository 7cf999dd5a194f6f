"""Every public address, for search engines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from blauwdrukken.depends import On, depends
from blauwdrukken.models import Blauwdruk, Programma, Project, Thema, Verhaal
from blauwdrukken.models.publication import Publicatie
from regios.models import Regio

from .models import Pagina


class BaseSitemap(Sitemap):
    """Addresses below BASE_URL, whatever host the request named."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.BASE_URL).netloc


class FixedSitemap(BaseSitemap):
    def items(self) -> list[str]:
        return [
            "start",
            "zoeken",
            "blauwdruk-list",
            "project-list",
            "verhaal-list",
            "regio-list",
            "thema-list",
            "lessen",
            "programma-list",
            "begrippen",
            "vergelijk",
            "bundel",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class PublicatieSitemap(BaseSitemap):
    """Published entries of one model."""

    limit = 2000

    def __init__(self, model: type[Publicatie]) -> None:
        self.model = model

    def items(self) -> Iterable[Publicatie]:
        return self.model.objects.published().only("pk", "slug", "last_published_at").order_by("pk")

    def lastmod(self, item: Publicatie) -> datetime | None:
        return item.last_published_at


class TableSitemap(BaseSitemap):
    """All rows of a model without drafts."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    def items(self) -> Iterable[Model]:
        return self.model._default_manager.order_by("pk")


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "vast": FixedSitemap(),
    "blauwdrukken": PublicatieSitemap(Blauwdruk),
    "projecten": PublicatieSitemap(Project),
    "verhalen": PublicatieSitemap(Verhaal),
    "paginas": PublicatieSitemap(Pagina),
    "regios": TableSitemap(Regio),
    "themas": TableSitemap(Thema),
    "programmas": TableSitemap(Programma),
}


@depends(On.CONTENT, query=("p",))
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """The addresses of the whole site."""
    return sitemap(request, SITEMAPS)
