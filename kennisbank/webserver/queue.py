"""Who waits for a thread, and whose turn it is."""

from __future__ import annotations

from collections import deque

from .channel import SiteChannel


class FairQueue:
    """Gives each client a turn, however many requests of another wait; the queue of waitress's dispatcher.

    The dispatcher calls it under its own lock.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, deque[SiteChannel]] = {}
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def append(self, channel: SiteChannel) -> None:
        """Let this connection wait behind the others of its client."""
        self._waiting.setdefault(channel.client, deque()).append(channel)
        self._length += 1

    def popleft(self) -> SiteChannel:
        """The connection whose turn it is; the others of its client come after those of everybody else."""
        client, channels = next(iter(self._waiting.items()))
        del self._waiting[client]
        channel = channels.popleft()
        if channels:
            self._waiting[client] = channels
        self._length -= 1
        return channel
