"""One answer: of the site, or of the server itself; both are written in the log of visits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from time import time
from types import SimpleNamespace
from typing import Any

from waitress.task import ErrorTask, Task, WSGITask

from .pages import HEADERS, page

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def without_body(application: Application) -> Application:
    """The application, with nothing but headers for HEAD: Django leaves that to the server, and waitress to Django."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        content = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return content
        if hasattr(content, "close"):
            content.close()
        return []

    return answer


class PanicError(Exception):
    """What is no Exception ended a request, such as a panic of a library in Rust: waitress would never answer it."""


class LoggedTask(Task):
    """An answer, of which the log tells when it is given."""

    def service(self) -> None:
        try:
            super().service()
            self.channel.send_held()
        except Exception:
            raise
        except BaseException as error:
            raise PanicError from error
        worker = self.channel.server.worker
        worker.task_done()
        if worker.log.access_log_enabled:
            self.log_visit(worker.log)

    def log_visit(self, log: Any) -> None:
        """Write a line in the log of visits, in the form that gunicorn gives it."""
        asked = self.channel.requests[0] if self.channel.requests else self.request
        environ = {
            "REMOTE_ADDR": self.channel.addr[0],
            "REQUEST_METHOD": getattr(asked, "command", "-"),
            "RAW_URI": getattr(asked, "request_uri", "-"),
            "SERVER_PROTOCOL": f"HTTP/{asked.version}",
            "HTTP_REFERER": asked.headers.get("REFERER", "-"),
            "HTTP_USER_AGENT": asked.headers.get("USER_AGENT", "-"),
        }
        answer = SimpleNamespace(status=self.status, headers=self.response_headers, sent=self.content_length)
        log.access(answer, SimpleNamespace(headers=asked.headers), environ, timedelta(seconds=time() - self.start_time))


class SiteTask(LoggedTask, WSGITask):
    """An answer of the site."""

    def build_response_header(self) -> bytes:
        if self.channel.server.worker.is_stopping:
            super().set_close_on_finish()
        head: bytes = super().build_response_header()
        if self.request.command == "HEAD":
            self.chunked_response = False  # its end would be a body
        self.channel.held = head
        return b""

    def set_close_on_finish(self) -> None:
        """Close the connection only where that is needed: waitress does so after each answer without a length."""
        asked = self.request.headers.get("CONNECTION", "").lower()
        ends_clearly = self.chunked_response or not self.has_body
        if self.wrote_header or self.version != "1.1" or asked == "close" or not ends_clearly:
            super().set_close_on_finish()


class FaultTask(LoggedTask, ErrorTask):
    """An answer of the server to what it cannot read, or to what the site cannot answer."""

    def execute(self) -> None:
        error = self.request.error
        content = page(error.code)
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend(HEADERS)
        self.version = "1.1"
        self.channel.refused = True
        self.set_close_on_finish()
        self.content_length = len(content)
        self.write(content)
