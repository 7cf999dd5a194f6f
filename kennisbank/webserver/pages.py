"""What the server answers itself, when it cannot read a request or the site fails: a Dutch page, with all headers."""

from __future__ import annotations

from kennisbank.headers import NO_FRAME, SECURITY_HEADERS

PAGE = """<!doctype html><html lang="nl"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<h1>{title}</h1><p>{text}</p><p><a href="/">Naar de startpagina</a></p></html>
"""
UNREADABLE = ("Dit adres begrijpen we niet", "De vraag aan de server klopt niet.")
BROKEN = ("Er ging iets mis", "De fout ligt bij ons. Probeer het over een paar minuten opnieuw.")
PAGES = {
    413: ("Dit is te groot", "U stuurt meer dan wij kunnen aannemen. Maak het bestand kleiner."),
    414: ("Dit adres is te lang", "Maakt u een boek? Maak het voorwoord korter of kies minder blauwdrukken."),
    431: ("Uw browser stuurt te veel mee", "Wis de cookies van deze site en probeer het dan opnieuw."),
    500: BROKEN,
}
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    *(SECURITY_HEADERS | NO_FRAME).items(),
]


def page(code: int) -> bytes:
    """The page of this status."""
    title, text = PAGES.get(code, BROKEN if code >= 500 and code != 501 else UNREADABLE)
    return PAGE.format(title=title, text=text).encode()
