"""Settings of the benchmark: those of the site, with an empty view beside its addresses."""

from kennisbank.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench_urls"
