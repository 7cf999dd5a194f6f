"""Time and room, without waiting for either."""

from __future__ import annotations

import resource
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waitress.adjustments import Adjustments

from kennisbank.webserver import limits
from kennisbank.webserver.channel import SiteChannel
from kennisbank.webserver.parser import SiteParser
from kennisbank.webserver.queue import FairQueue

from .clients import get, request

pytestmark = pytest.mark.once


def parsed(data: bytes) -> SiteParser:
    parser = SiteParser(Adjustments())
    while data:
        data = data[parser.received(data) :]
    parser.begun = 0
    return parser


def test_a_head_has_its_time_however_it_comes() -> None:
    half = parsed(get("/")[:-2])
    assert not half.is_late(limits.HEAD_SECONDS)
    assert half.is_late(limits.HEAD_SECONDS + 1)


@pytest.mark.parametrize("size", [0, 20_000])
def test_a_body_has_longer_the_more_of_it_has_come(size: int) -> None:
    half = parsed(request("POST", "/", "Content-Length: 30000", body=b"x" * size))
    in_time = limits.BODY_SECONDS + size / limits.MIN_RATE
    assert not half.is_late(in_time)
    assert half.is_late(in_time + 1)


def connection(**state: Any) -> SiteChannel:
    channel = SiteChannel.__new__(SiteChannel)
    for name, value in ({"requests": [], "request": None} | state).items():
        setattr(channel, name, value)
    return channel


def test_a_reader_has_longer_the_more_it_took() -> None:
    reader = connection(total_outbufs_len=1, reads_since=100.0, taken=limits.MIN_RATE * 50)
    assert not reader.is_late(100 + limits.BODY_SECONDS + 50)
    assert reader.is_late(100 + limits.BODY_SECONDS + 51)


def test_who_waits_for_the_site_is_never_late() -> None:
    assert not connection(requests=["one"]).is_late(1e9)
    assert not connection().is_late(1e9)


def test_who_goes_on_sending_after_a_refusal_is_let_go() -> None:
    refused = connection(discards_since=100.0)
    assert not refused.is_late(100 + limits.DISCARD_SECONDS)
    assert refused.is_late(101 + limits.DISCARD_SECONDS)


@pytest.mark.parametrize(
    ("soft", "hard", "asked", "room"),
    [
        (1024, resource.RLIM_INFINITY, 3200, 1000),
        (1024, 4096, 3200, 1000),
        (1024, 2000, 2000, 600),
        (9999, 9999, None, 1000),
    ],
)
def test_there_are_no_more_connections_than_the_system_has_room_for(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, asked: int | None, room: int
) -> None:
    got: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, pair: got.append(pair))
    assert limits.room_for(1000) == room
    assert got == ([] if asked is None else [(asked, hard)])


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers()), max_size=30))
def test_a_turn_of_each_client_comes_before_the_second_of_any(asked: list[tuple[str, int]]) -> None:
    queue: Any = FairQueue()
    for client, number in asked:
        queue.append(SimpleNamespace(client=client, number=number))
    got = [queue.popleft() for _ in range(len(queue))]
    assert not queue
    for client in "abc":
        assert [one.number for one in got if one.client == client] == [n for name, n in asked if name == client]
    turns = [sum(one.client == before.client for before in got[:place]) for place, one in enumerate(got)]
    assert turns == sorted(turns)


@pytest.mark.parametrize(
    ("proxies", "header", "client"),
    [
        (0, "192.0.2.1", "10.0.0.9"),
        (1, "", "10.0.0.9"),
        (1, "192.0.2.66, 192.0.2.1", "192.0.2.1"),
        (2, "192.0.2.66, 192.0.2.1, 10.0.0.1", "192.0.2.1"),
        (2, "192.0.2.1", "10.0.0.9"),
    ],
)
def test_a_client_is_who_our_own_proxies_say(proxies: int, header: str, client: str) -> None:
    asked = SimpleNamespace(headers={"X_FORWARDED_FOR": header} if header else {})
    server = SimpleNamespace(worker=SimpleNamespace(proxies=proxies))
    assert connection(requests=[asked], server=server, addr=("10.0.0.9", 1)).client == client
