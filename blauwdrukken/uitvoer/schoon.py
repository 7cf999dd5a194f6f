"""Texts and addresses that every format can hold, whatever was typed."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlsplit

# What XML 1.0 cannot hold: control characters, lone surrogates and two non-characters.
ONMOGELIJK = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What a spreadsheet would run instead of show, as typed on Western and on Asian keyboards.
FORMULE = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
GASTHEER = re.compile(r"[\w-]+(\.[\w-]+)*\.?", re.ASCII)
TEKENS = "%/:=&?~#+!$,;'@()*"


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
