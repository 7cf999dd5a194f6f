"""Loads the site in the server from which the processes of a test are forked; imported there only."""

import django
from django.conf import settings
from django.urls import get_resolver

settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
django.setup()
get_resolver().url_patterns  # noqa: B018 (reading them loads all views)
