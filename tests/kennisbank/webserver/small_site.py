"""Settings and addresses of a site with hardly anything in it, to try the web server with: it starts in no time."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

SECRET_KEY = "none of this is secret"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = __name__
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 2**20
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PROXIES", "0"))
PIECE, PIECES = b"x" * 2**16, 16


class RustPanic(BaseException):
    """What a library in Rust raises."""


def ok(request: HttpRequest) -> HttpResponse:
    """A page at once: which process made it, and which one manages that."""
    return HttpResponse(f"{os.getpid()} {os.getppid()}")


def stream(request: HttpRequest) -> StreamingHttpResponse:
    """A megabyte, piece by piece."""
    return StreamingHttpResponse(iter([PIECE] * PIECES))


def wait(request: HttpRequest) -> StreamingHttpResponse:
    """An answer of which the second half comes when somebody opens the gate."""

    def halves() -> Iterator[bytes]:
        yield b"eerste helft, "
        yield Path(os.environ["GATE"]).read_bytes()  # a pipe: waits for who writes in it

    return StreamingHttpResponse(halves())


def sent(request: HttpRequest) -> HttpResponse:
    """How much was sent."""
    return HttpResponse(str(len(request.read())))


def seen(request: HttpRequest) -> JsonResponse:
    """What the site hears of a request."""
    return JsonResponse({name: value for name, value in request.META.items() if isinstance(value, str)})


def panic(request: HttpRequest) -> HttpResponse:
    """Break as no view should."""
    raise RustPanic


def hang(request: HttpRequest) -> HttpResponse:
    """Keep a thread for ever."""
    threading.Event().wait()
    return HttpResponse()


def freeze(request: HttpRequest) -> HttpResponse:
    """Keep the whole process for ever: no other thread gets a turn while an expression is matched."""
    return HttpResponse(bool(re.match(r"(a+)+$", "a" * 60 + "b")))


views = (stream, wait, sent, seen, panic, hang, freeze)
urlpatterns = [path("", ok), path("healthz", ok), *(path(view.__name__, view) for view in views)]
