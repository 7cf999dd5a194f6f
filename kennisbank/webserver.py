"""Gunicorn's answer to what it cannot read, in Dutch."""

from __future__ import annotations

from typing import Any

from gunicorn.http.errors import LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

PAGE = """<!doctype html><html lang="nl"><meta charset="utf-8"><title>Dit adres begrijpen we niet</title>
<h1>Dit adres begrijpen we niet</h1><p>{uitleg}</p><p><a href="/">Naar de startpagina</a></p></html>"""


TOO_LONG = "Het adres is te lang. Maakt u een boek? Maak het voorwoord korter of kies minder blauwdrukken."


class DutchThreadWorker(ThreadWorker):
    """Thread worker that answers an unreadable request with status 400 and a Dutch sentence."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        explanation = TOO_LONG if isinstance(exc, LimitRequestLine) else "De vraag aan de server klopt niet."
        content = PAGE.format(uitleg=explanation).encode()
        head = (
            "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Security-Policy: default-src 'none'\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        client.sendall(head.encode() + content)
