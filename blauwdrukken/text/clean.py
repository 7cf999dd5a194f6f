"""Texts and addresses without what a page or a file cannot hold, whatever was typed."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlsplit

import nh3

# What every output can show.
TAGS = {"p", "h3", "ul", "ol", "li", "b", "strong", "i", "em", "a", "br"}
# What XML 1.0 cannot hold: control characters, lone surrogates and two non-characters.
ONMOGELIJK = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What a spreadsheet would run instead of show, as typed on Western and on Asian keyboards.
FORMULE = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
GASTHEER = re.compile(r"[\w-]+(\.[\w-]+)*\.?", re.ASCII)
TEKENS = "%/:=&?~#+!$,;'@()*"


def clean_html(html: str) -> str:
    """Return the HTML with only the tags above and links to http, https and mailto."""
    return nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )


def schoon(waarde: Any) -> Any:
    """The same data with texts that XML can hold."""
    if isinstance(waarde, str):
        return ONMOGELIJK.sub("", waarde)
    if isinstance(waarde, dict):
        return {sleutel: schoon(inhoud) for sleutel, inhoud in waarde.items()}
    return [schoon(inhoud) for inhoud in waarde] if isinstance(waarde, list | tuple) else waarde


def veilig_adres(adres: str) -> str:
    """The address as a link may hold it; empty when it is not one to follow."""
    try:
        delen = urlsplit(adres.strip())
        if delen.scheme == "mailto":
            return quote(delen.geturl(), safe=TEKENS)
        gastheer = (delen.hostname or "").encode("idna").decode()
        poort = f":{delen.port}" if delen.port else ""
    except ValueError:
        return ""
    if delen.scheme not in {"http", "https"} or not GASTHEER.fullmatch(gastheer):
        return ""
    return f"{delen.scheme}://{gastheer}{poort}{quote(delen._replace(scheme='', netloc='').geturl(), safe=TEKENS)}"
