"""Texts and addresses that every format can hold, whatever was typed."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlsplit

# What XML 1.0 cannot hold: control characters, lone surrogates and two non-characters.
ONMOGELIJK = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What a spreadsheet would run instead of show, as typed on Western and on Asian keyboards.
FORMULE = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
SCHEMAS = {"http", "https", "mailto"}


def schoon(waarde: Any) -> Any:
    """The same data with texts that XML can hold."""
    if isinstance(waarde, str):
        return ONMOGELIJK.sub("", waarde)
    if isinstance(waarde, dict):
        return {sleutel: schoon(inhoud) for sleutel, inhoud in waarde.items()}
    return [schoon(inhoud) for inhoud in waarde] if isinstance(waarde, list | tuple) else waarde


def veilig_adres(adres: str) -> str:
    """The address as a link may hold it; empty when it is not one to follow."""
    adres = adres.strip()
    try:
        delen = urlsplit(adres)
        gastheer = (delen.hostname or "").encode("idna").decode()
        delen.port  # noqa: B018 (a port that is no number raises)
    except ValueError:
        return ""
    if delen.scheme not in SCHEMAS or (delen.scheme != "mailto" and not gastheer):
        return ""
    if delen.scheme != "mailto":
        poort = f":{delen.port}" if delen.port else ""
        delen = delen._replace(netloc=quote(gastheer, safe=".-_[]:") + poort)
    return quote(delen.geturl(), safe="%/:=&?~#+!$,;'@()*[]" if "[" in delen.netloc else "%/:=&?~#+!$,;'@()*")
