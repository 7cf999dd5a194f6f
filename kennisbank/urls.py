"""All addresses of the site."""

from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from wagtail.admin import urls as beheer

from . import views
from .login.urls import beheer_patterns
from .sitemaps import SITEMAPS
from .security_txt import security_txt

urlpatterns = [
    path("", views.start, name="start"),
    path("", include("blauwdrukken.urls")),
    path("api/v1/", include("blauwdrukken.api.urls")),
    path("account/", include("kennisbank.login.urls")),
    path("beheer/", include(beheer_patterns)),
    path("beheer/", include(beheer)),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("<slug:slug>/", views.PaginaDetail.as_view(), name="pagina"),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler429 = views.too_many_requests
handler500 = views.server_error
