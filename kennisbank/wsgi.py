"""Entrance for web servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kennisbank.settings")

application = get_wsgi_application()

from blauwdrukken.tally import start_flushing  # noqa: E402 (the apps are ready only now)

start_flushing()
