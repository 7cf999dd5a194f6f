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


def sanitize(value: Any) -> Any:
    """The same data with texts that XML can hold."""
    if isinstance(value, str):
        return IMPOSSIBLE_IN_XML.sub("", value)
    if isinstance(value, dict):
        return {key: sanitize(content) for key, content in value.items()}
    return [sanitize(content) for content in value] if isinstance(value, list | tuple) else value


def safe_url(url: str) -> str:
    """The address as a link may hold it; empty when it is not one to follow."""
    try:
        parts = urlsplit(url.strip())
        if parts.scheme == "mailto":
            return quote(parts.geturl(), safe=SAFE_CHARACTERS)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not HOST.fullmatch(host):
        return ""
    rest = quote(parts._replace(scheme="", netloc="").geturl(), safe=SAFE_CHARACTERS)
    return f"{parts.scheme}://{host}{port}{rest}"
