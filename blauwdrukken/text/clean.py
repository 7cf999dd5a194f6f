"""Texts and addresses without what a page or a file cannot hold, whatever was typed."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlsplit

import nh3

# What every output can show.
TAGS = {"p", "h3", "ul", "ol", "li", "b", "strong", "i", "em", "a", "br"}
# What XML 1.0 cannot hold: control characters, lone surrogates and two non-characters.
IMPOSSIBLE_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What a spreadsheet would run instead of show, as typed on Western and on Asian keyboards.
FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?", re.ASCII)
SAFE_CHARACTERS = "%/:=&?~#+!$,;'@()*"


def clean_html(html: str) -> str:
    """Return the HTML with only the tags above and links to http, https and mailto."""
    return nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )


def sanitize(waarde: Any) -> Any:
    """The same data with texts that XML can hold."""
    if isinstance(waarde, str):
        return IMPOSSIBLE_IN_XML.sub("", waarde)
    if isinstance(waarde, dict):
        return {sleutel: sanitize(inhoud) for sleutel, inhoud in waarde.items()}
    return [sanitize(inhoud) for inhoud in waarde] if isinstance(waarde, list | tuple) else waarde


def safe_url(adres: str) -> str:
    """The address as a link may hold it; empty when it is not one to follow."""
    try:
        delen = urlsplit(adres.strip())
        if delen.scheme == "mailto":
            return quote(delen.geturl(), safe=SAFE_CHARACTERS)
        gastheer = (delen.hostname or "").encode("idna").decode()
        poort = f":{delen.port}" if delen.port else ""
    except ValueError:
        return ""
    if delen.scheme not in {"http", "https"} or not HOST.fullmatch(gastheer):
        return ""
    rest = quote(delen._replace(scheme="", netloc="").geturl(), safe=SAFE_CHARACTERS)
    return f"{delen.scheme}://{gastheer}{poort}{rest}"
