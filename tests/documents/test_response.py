from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import RequestFactory
from django.test.client import closing_iterator_wrapper
from django.utils.http import http_date

from blauwdrukken.documents.workshop.response import attachment, file_response
from kennisbank.middleware import CompressionMiddleware

pytestmark = pytest.mark.once

CONTENT = bytes(range(256)) * 500


@pytest.fixture
def file_path(tmp_path: Path) -> Path:
    path = tmp_path / "x.pdf"
    path.write_bytes(CONTENT)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def request_file(path: Path, method: str = "get", **headers: str) -> tuple[HttpResponseBase, bytes]:
    """Answer and content, through the compression that pages get."""
    request = getattr(RequestFactory(), method)("/", headers={"accept-encoding": "gzip"} | headers)
    middleware = CompressionMiddleware(lambda r: file_response(r, path, "Blauwdruk 1.pdf"))
    response: Any = middleware(request)
    if not response.streaming:
        return response, response.content
    return response, b"".join(closing_iterator_wrapper(response.streaming_content, response.close))


def test_a_file_says_all_about_itself_and_is_not_compressed_again(file_path: Path) -> None:
    response, content = request_file(file_path)
    assert (response.status_code, content) == (200, CONTENT)
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Content-Type"] == "application/pdf"
    assert response["Last-Modified"] == http_date(1_700_000_000)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-cache"
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"].startswith('"')
    assert "Content-Encoding" not in response.headers


def test_head_is_the_same_without_the_content(file_path: Path) -> None:
    whole, heading = request_file(file_path)[0], request_file(file_path, "head")
    assert dict(heading[0].headers) == dict(whole.headers)
    assert heading[1] == b""


def test_what_a_browser_has_already_is_not_sent_again(file_path: Path) -> None:
    etag = request_file(file_path)[0]["ETag"]
    for headers in ({"if-none-match": etag}, {"if-modified-since": http_date(1_700_000_000)}):
        response, content = request_file(file_path, **headers)
        assert (response.status_code, content, response["ETag"]) == (304, b"", etag)
    response, content = request_file(file_path, **{"if-none-match": '"anders"'})
    assert (response.status_code, content) == (200, CONTENT)
    response, content = request_file(file_path, **{"if-match": '"anders"'})
    assert (response.status_code, content) == (412, b"")


def test_the_mark_follows_the_content(file_path: Path) -> None:
    first = request_file(file_path)[0]["ETag"]
    file_path.write_bytes(CONTENT + b"meer")
    assert request_file(file_path)[0]["ETag"] != first


@pytest.mark.parametrize(
    ("byte_range", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=127990-", 127_990, 128_000),
        ("bytes=127999-999999", 127_999, 128_000),
        ("bytes=-5", 127_995, 128_000),
        ("bytes=-999999", 0, 128_000),
        ("bytes= 1 - 2", 1, 3),
    ],
)
def test_a_part_is_exactly_that_part(file_path: Path, byte_range: str, start: int, end: int) -> None:
    response, content = request_file(file_path, range=byte_range)
    assert response.status_code == 206
    assert content == CONTENT[start:end]
    assert response["Content-Range"] == f"bytes {start}-{end - 1}/128000"
    assert response["Content-Length"] == str(end - start)
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("byte_range", ["bytes=128000-", "bytes=999999-1000000", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused_with_the_length(file_path: Path, byte_range: str) -> None:
    response, content = request_file(file_path, range=byte_range)
    assert (response.status_code, content) == (416, b"")
    assert response["Content-Range"] == "bytes */128000"


@pytest.mark.parametrize(
    "byte_range", ["bytes=5-1", "bytes=-", "bytes=a-b", "regels=1-2", "bytes=0-1,4-5", f"bytes={'9' * 5000}-"]
)
def test_what_is_no_single_part_gets_the_whole_file(file_path: Path, byte_range: str) -> None:
    assert request_file(file_path, range=byte_range)[1] == CONTENT


def test_a_part_of_another_version_gets_the_whole_file(file_path: Path) -> None:
    etag, date_ = request_file(file_path)[0]["ETag"], http_date(1_700_000_000)
    for value, status in ((etag, 206), (date_, 206), ('"oud"', 200), (http_date(1_600_000_000), 200), ("onzin", 200)):
        response, content = request_file(file_path, range="bytes=0-1", **{"if-range": value})
        assert (response.status_code, content) == (status, CONTENT[:2] if status == 206 else CONTENT)


def test_a_file_name_is_dutch_and_harmless() -> None:
    heading = attachment('Café "België": 50% ../\r\nSet-Cookie: x=1 ☕.pdf')
    assert "\r" not in heading
    assert "\n" not in heading
    assert heading == (
        'attachment; filename="Cafe Belgie 50 .. Set-Cookie x=1 .pdf"; '
        "filename*=UTF-8''Caf%C3%A9%20Belgi%C3%AB%2050%20..%20Set-Cookie%20x%3D1%20%E2%98%95.pdf"
    )


def test_a_file_that_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        request_file(tmp_path / "weg.pdf")
