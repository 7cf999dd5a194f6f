"""How much, and how slowly, a client may send and read; docs/operations.md names these figures."""

from __future__ import annotations

import resource

MAX_LINE = 4096  # bytes of a method and an address: a book's address holds all that somebody chose and wrote
MAX_HEAD = 32 * 1024
MAX_CHUNK_LINE = 1024  # what stands around the pieces of a body that is sent in pieces
HEAD_SECONDS = 15
BODY_SECONDS = 30  # and longer by its size, as long as it comes at MIN_RATE
MIN_RATE = 4_000  # bytes a second, on average
DISCARD_SECONDS = 10  # for what a client goes on sending after it was refused

DESCRIPTORS_EACH = 3  # a connection, and what is kept on disk of its body and of its answer
OWN_DESCRIPTORS = 200


def too_slow(seconds: float, size: int) -> bool:
    """Whether so many bytes in so many seconds are fewer than we wait for."""
    return seconds > BODY_SECONDS + size / MIN_RATE


def room_for(connections: int) -> int:
    """How many connections this process can have, after it asked the system for room for so many."""
    wanted = DESCRIPTORS_EACH * connections + OWN_DESCRIPTORS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(connections, (soft - OWN_DESCRIPTORS) // DESCRIPTORS_EACH)
