# The commands of this project; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help start test check fix bench mutants lock screenshot
export PORT ?= 8000

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

start: ## install, load the content and serve the site on 127.0.0.1:$PORT
	@bin/start

test: .venv/dev ## run all tests, on SQLite and PostgreSQL, and in a browser
	@bin/test

check: .venv/dev ## look for faults without changing anything
	@bin/check

fix: .venv/dev ## format the code and repair what can be repaired
	.venv/bin/ruff check --fix --quiet . || true
	.venv/bin/ruff format --quiet .
	.venv/bin/djlint --quiet --reformat templates || true

bench: .venv/dev ## measure requests per second, and search at 1,000 to 100,000 blueprints
	@LOCAL=1 .venv/bin/python -m tests.bench
	@LOCAL=1 .venv/bin/python -m tests.bench_form
	@LOCAL=1 .venv/bin/python -m tests.bench_documents
	@LOCAL=1 .venv/bin/python -m tests.bench_search
	@LOCAL=1 .venv/bin/python -m tests.bench_list

mutants: .venv/dev ## break the code of one AREA in many ways, and name what no test notices
	@LOCAL=1 .venv/bin/python -m tests.mutants $(AREA)

screenshot: .venv/dev ## renew the pictures in the README and the manual
	@LOCAL=1 .venv/bin/python -m tests.browser.screenshot

lock: .venv/dev ## write the locked requirements files from pyproject.toml
	.venv/bin/uv pip compile $(LOCK) --output-file requirements.txt pyproject.toml
	.venv/bin/uv pip compile $(LOCK) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

LOCK = --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-strip-extras

.venv/runtime: requirements.txt
	@bin/install $< $@

.venv/dev: requirements-dev.txt
	@bin/install $< $@
