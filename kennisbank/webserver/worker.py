"""A process of the web server: gunicorn starts, reloads and ends it, waitress does its reading and sending."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from .channel import SiteChannel
from .limits import MAX_HEAD, room_for
from .queue import FairQueue
from .server import SiteServer
from .tasks import without_body

LINGER = 2.0  # seconds in which who kept a connection may still ask something, when this process ends
MARGIN = 2**20  # what a form needs around an uploaded file


class SiteWorker(Worker):
    """Serves the site with some threads, and any number of connections that wait for their clients."""

    is_stopping = False
    servers: tuple[SiteServer, ...] = ()

    def run(self) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # requests that wait are no fault
        self.last_done = time.monotonic()
        self.proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
        self.connections = room_for(self.cfg.worker_connections)
        self.map: dict[int, Any] = {}
        self.dispatcher = ThreadedTaskDispatcher()
        self.dispatcher.queue = FairQueue()
        self.dispatcher.set_thread_count(self.cfg.threads)
        self.servers = tuple(self.serve(listener.sock) for listener in self.sockets)
        while self.alive and self.ppid == os.getppid():
            self.turn(1.0)
            self.retire()
        self.drain()

    def serve(self, listener: Any) -> SiteServer:
        """The door behind this socket."""
        adjustments = Adjustments(
            backlog=self.cfg.backlog,
            connection_limit=2 * self.connections,  # never reached: SiteServer makes room before
            channel_timeout=self.cfg.keepalive,
            cleanup_interval=1,
            asyncore_use_poll=True,
            recv_bytes=16 * 1024,
            inbuf_overflow=64 * 1024,
            outbuf_overflow=256 * 1024,
            outbuf_high_watermark=2**30,  # a thread waits for no reader: what is not read yet goes to disk
            max_request_header_size=MAX_HEAD,
            max_request_body_size=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE + MARGIN,
            clear_untrusted_proxy_headers=not self.proxies,
            log_socket_errors=False,
            ident=None,
        )
        return SiteServer(
            self,
            listener,
            application=without_body(self.wsgi),
            map=self.map,
            dispatcher=self.dispatcher,
            adj=adjustments,
        )

    def turn(self, seconds: float) -> None:
        """Read and send what can be, after waiting at most so long for it, and tell gunicorn that this process lives.

        It does not live when requests wait while no thread has come free for as long as gunicorn waits for a process.
        """
        if not self.dispatcher.queue:
            self.last_done = time.monotonic()
        if time.monotonic() - self.last_done < self.cfg.timeout:
            self.notify()
        wasyncore.loop(timeout=seconds, map=self.map, use_poll=True, count=1)

    def task_done(self) -> None:
        """Note that a thread has given an answer."""
        self.nr += 1
        self.last_done = time.monotonic()

    def channels(self) -> Iterator[SiteChannel]:
        """All connections."""
        return (channel for server in self.servers for channel in list(server.active_channels.values()))

    def retire(self) -> None:
        """Make way for a new process after so many requests, at a moment at which nobody waits."""
        if self.nr >= self.max_requests and not any(channel.has_begun for channel in self.channels()):
            self.log.info("Autorestarting worker %s", self)
            self.alive = False

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        for server in self.servers:
            server.pull_trigger()

    def drain(self) -> None:
        """Answer what was begun, and what comes over a connection that was kept; then end."""
        self.is_stopping = True
        for server in self.servers:
            server.close_door()
        begun = time.monotonic()
        while any(self.channels()) and time.monotonic() - begun < self.cfg.graceful_timeout - 1:
            self.let_go_idle(time.monotonic() - begun > LINGER)
            self.turn(0.1)

    def let_go_idle(self, lingered: bool) -> None:
        """Let go who is too slow, and after a while who asks nothing."""
        for server in self.servers:
            server.maintenance(time.time())
        for channel in self.channels():
            if lingered and not channel.has_begun:
                channel.will_close = True
