"""Web server: how many processes and threads, and what they wait for; read by gunicorn by itself."""

import gc
import os
from typing import Any

from kennisbank.companions import Companions

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "kennisbank.webserver.worker.SiteWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_connections = 1000  # of each process; whoever comes after that takes the place of one that does nothing
timeout = 60
keepalive = 20  # seconds without a sign of life after which a connection is closed, in the midst of a request too
graceful_timeout = 30
control_socket_disable = True  # it would be written outside var/
max_requests, max_requests_jitter = 200_000, 20_000
loglevel = os.environ.get("WEB_LOGLEVEL", "warning")
if os.environ.get("ACCESS_LOG"):
    accesslog = "-"


OFF = ("", "0", "false", "no", "off")
# The timer, the worker of the queue and who looks at links; empty or 0 when services of their own run these.
links = os.environ.get("LINKCONTROLE", "0") not in OFF
companions = Companions(links=links) if os.environ.get("BACKGROUND", "1") not in OFF else None


def when_ready(server: Any) -> None:
    """Say where the site is, and start what runs beside it."""
    if companions:
        companions.start()
    print(f"De kennisbank draait op http://{bind}/ (stop met Ctrl-C)", flush=True)  # noqa: T201


def on_reload(server: Any) -> None:
    """What runs beside the web server takes up the new code too."""
    if companions:
        companions.renew()


def on_exit(server: Any) -> None:
    """What runs beside the web server ends with it."""
    if companions:
        companions.stop()


def post_worker_init(worker: Any) -> None:
    """Keep what is loaded out of the garbage collector's rounds: each would hold up all visitors for 0.1 s."""
    gc.collect()
    gc.freeze()
