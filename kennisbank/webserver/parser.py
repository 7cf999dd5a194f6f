"""Reads a request, and refuses one that is too large or that two servers could read in two ways."""

from __future__ import annotations

import re
import time
from typing import Any

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import BadRequest

from .limits import HEAD_SECONDS, MAX_CHUNK_LINE, MAX_LINE, too_slow

FOLDED = re.compile(rb"\n[ \t]")
CODINGS = re.compile(rb"^transfer-encoding:[ \t]*(.*?)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


class AddressTooLong(BadRequest):
    code, reason = 414, "URI Too Long"


class SiteParser(HTTPRequestParser):
    """A request as it comes in, and when it began to."""

    error: BadRequest | None = None

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self.begun = time.monotonic()

    def received(self, data: bytes) -> int:
        before = self.header_plus
        consumed: int = super().received(data)
        if self.error is not None and self.body_rcv is None and is_long(before + data):
            self.error = AddressTooLong("")
        elif self.chunked and len(self.body_rcv.control_line) + len(self.body_rcv.trailer) > MAX_CHUNK_LINE:
            self.error, self.completed = BadRequest(""), True  # it would be read anew, whole, with each new byte
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        if is_long(header_plus) or FOLDED.search(header_plus):
            raise ParsingError("")
        super().parse_header(header_plus)
        if self.is_ambiguous([coding.lower() for coding in CODINGS.findall(header_plus)]):
            raise ParsingError("")

    def is_ambiguous(self, codings: list[bytes]) -> bool:
        """Whether another server might see another end of this request."""
        if self.version not in ("1.0", "1.1"):
            return True
        in_one_way = self.version == "1.1" and "CONTENT_LENGTH" not in self.headers and codings == [b"chunked"]
        return bool(codings) and not in_one_way

    def is_late(self, now: float) -> bool:
        """Whether the rest of it should have come by now."""
        if self.headers_finished:
            return too_slow(now - self.begun, self.body_bytes_received)
        return now - self.begun > HEAD_SECONDS


def is_long(head: bytes) -> bool:
    """Whether the first line of this head, or what there is of it, is too long."""
    return len(head.lstrip()[: MAX_LINE + 2].partition(b"\r\n")[0]) > MAX_LINE
