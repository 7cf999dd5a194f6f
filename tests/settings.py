"""Settings of the tests: those of the site, with a folder of their own for what it writes."""

import os
import tempfile
from pathlib import Path

os.environ["LOCAL"] = "1"
os.environ["PORT"] = "8000"  # part of all addresses in mails, feeds and the API
os.environ["HOST"] = "127.0.0.1"  # a trial asks for no second factor only while nobody else can reach it
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="kennisbank-tests-")  # one for each process that runs tests

from kennisbank.settings import *  # noqa: F403

SEARCH_IN_TRANSACTION = True
LIMITS = dict.fromkeys(LIMITS, "")  # noqa: F405 (many tests of one process are one client)
CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}  # noqa: F405 (tests/kennisbank/test_page_cache.py keeps them)
Path(STATIC_ROOT).mkdir(exist_ok=True)  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The manifest of collected files exists only for a real server, such as the one of the browser tests.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
