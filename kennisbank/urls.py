"""All addresses of the site."""

from django.urls import include, path
from wagtail.admin import urls as beheer

from . import views
from .login.urls import beheer_patterns
from .security_txt import security_txt
from .sitemaps import sitemap_xml

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
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("sitemap.xml", sitemap_xml, name="sitemap"),
    path("<slug:slug>/", views.PaginaDetail.as_view(), name="pagina"),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler429 = views.too_many_requests
handler500 = views.server_error
