"""The door: who may come in, and whose connection makes room when there are too many."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from waitress import wasyncore
from waitress.server import TcpWSGIServer

from .channel import SiteChannel

AT_ONCE = 100  # connections that are let in before those that are inside get their turn
ROOM = 20  # more connections than needed make room together: to look for them takes a millisecond


class SiteServer(TcpWSGIServer):
    """Lets in whoever comes, and lets go whoever is too slow or holds the most connections that do nothing."""

    channel_class = SiteChannel

    def __init__(self, worker: Any, listener: Any, **options: Any) -> None:
        self.worker = worker
        sockinfo = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(_sock=listener, sockinfo=sockinfo, bind_socket=False, **options)

    def handle_accept(self) -> None:
        self.let_in(AT_ONCE)
        if len(self.active_channels) > self.worker.connections:
            self.make_room()

    def let_in(self, most: int) -> None:
        """Let in who stands at the door, at most so many."""
        for _ in range(most):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:
                break

    def make_room(self) -> None:
        """Let go connections on which nothing is being made: first of the address with the most, the longest silent."""
        staying = [channel for channel in self.active_channels.values() if not channel.will_close]
        if len(staying) <= self.worker.connections:
            return
        idle = [channel for channel in staying if not channel.requests]
        held = Counter(channel.addr[0] for channel in idle)
        idle.sort(key=lambda channel: (-held[channel.addr[0]], channel.last_activity))
        for channel in idle[: len(staying) - self.worker.connections + ROOM]:
            channel.refused = False  # no time to explain
            channel.will_close = True  # at the next turn: in this one its number would come back as that of another

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        moment = time.monotonic()
        for channel in self.active_channels.values():
            if channel.is_late(moment):
                channel.will_close = True

    def close_door(self) -> None:
        """Let in who stands at the door, but not all who go on coming, and nobody after that."""
        self.let_in(self.adj.backlog)
        wasyncore.dispatcher.close(self)
