"""One connection: how long it may take to send and to read, and how it ends."""

from __future__ import annotations

import socket
import time
from typing import Any

from waitress.channel import HTTPChannel

from .limits import DISCARD_SECONDS, too_slow
from .parser import SiteParser
from .tasks import FaultTask, SiteTask


class SiteChannel(HTTPChannel):
    """A connection that knows since when its client reads, and how much it took."""

    parser_class = SiteParser
    task_class = SiteTask
    error_task_class = FaultTask
    held = b""  # the head of an answer, until there is something to send with it
    reads_since = 0.0
    taken = 0
    refused = False  # a request of it could not be read
    discards_since = 0.0  # since when what it still sends is thrown away

    @property
    def client(self) -> str:
        """Address of who asks: of the other side, or as the last of our own proxies wrote it."""
        proxies = self.server.worker.proxies
        named = self.requests[0].headers.get("X_FORWARDED_FOR", "").split(",") if proxies and self.requests else []
        return (named[-proxies].strip() if len(named) >= proxies > 0 else "") or str(self.addr[0])

    @property
    def has_begun(self) -> bool:
        """Whether there is a request that it is sending, waits for, or reads the answer to."""
        return bool(self.requests or self.request is not None or self.total_outbufs_len)

    def is_late(self, now: float) -> bool:
        """Whether its client is slower than we wait for."""
        if self.discards_since:
            return now - self.discards_since > DISCARD_SECONDS
        if self.total_outbufs_len:
            return too_slow(now - self.reads_since, self.taken)
        return not self.requests and self.request is not None and self.request.is_late(now)

    def write_soon(self, data: Any) -> int:
        """Send this, behind the head that was held for it: in one go, for two are as much work as the answer itself."""
        if not data:
            return 0
        if self.held and isinstance(data, bytes):
            data, self.held = self.held + data, b""
        elif self.held:
            self.send_held()
        if not self.total_outbufs_len:
            self.reads_since, self.taken = time.monotonic(), 0
        written: int = super().write_soon(data)
        return written

    def send_held(self) -> None:
        """Send the head of an answer to which nothing belongs."""
        head, self.held = self.held, b""
        self.write_soon(head)

    def send(self, data: bytes, do_close: bool = True) -> int:
        number: int = super().send(data, do_close)
        self.taken += number
        return number

    def received(self, data: bytes) -> bool:
        return not self.discards_since and bool(super().received(data))

    def handle_close(self) -> None:
        if self.refused and self.will_close and not self.discards_since:
            self.half_close()
        else:
            super().handle_close()

    def half_close(self) -> None:
        """Leave the client time to read why it was refused: to close on what it still sends would take that away."""
        self.will_close, self.discards_since = False, time.monotonic()
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            super().handle_close()
