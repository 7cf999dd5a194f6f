"""/.well-known/security.txt: where who found a weakness can tell it (RFC 9116)."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from blauwdrukken.depends import On, depends


def expires(now: datetime) -> datetime:
    """The first day of the month three months on.

    The file is made of the settings of this moment, so it is right for as long as the site answers; a copy that
    somebody kept may be believed for two to three months.
    """
    years, month = divmod(now.month + 2, 12)
    return datetime(now.year + years, month + 1, 1, tzinfo=UTC)


@depends(On.DAY)
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell, in which languages, and until when this holds; without a mail address there is nobody to name."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires(timezone.now()):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
    ]
    if settings.BASE_URL.startswith("https://"):  # the standard knows no other
        lines.append(f"Canonical: {settings.BASE_URL}{reverse('security-txt')}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
