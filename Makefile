# `make` alone lists what there is.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Errors are shown, warnings about the machine's own pip settings are not.
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq

# The first of these that is 3.11 or 3.12 and can make a virtual environment; `make PYTHON=... run` names another.
PYTHON ?= $(shell for python in python3.12 python3.11 python3; do \
	"$$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' \
	2>/dev/null && echo "$$python" && break; done)

# Somebody's setting against compiled files would have every process compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE

# How many tests run side by side (two of them mostly wait for running houses), and what else pytest is told: `make test TESTS="tests/test_db.py -k lock"`.
WORKERS ?= 4
TESTS ?=

# Where the tests keep their databases: in memory where there is room, for every message is flushed to the disk.
SCRATCH ?= $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 && !system("test -w /dev/shm") { print "/dev/shm"; found = 1 } END { if (!found) print "/tmp" }')

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(READY) ## Start everything on this machine; Ctrl-C ends it, data stays in ./var
	@exec $(BIN)/hotline up --practice

.PHONY: test
test: $(READY) ## Everything: checks, both databases, Redis, browser
	@$(SIDE_BY_SIDE) $(CHECKS) browser compiled
	@echo "PostgreSQL: $$(test -n "$${HOTLINE_TEST_DATABASE_URL:-}" && echo the server named by HOTLINE_TEST_DATABASE_URL || echo our own, embedded)"
	@folder=$$(mktemp -d -p "$(SCRATCH)" hotline-test.XXXXXX); trap 'rm -rf "$$folder"' EXIT; chmod 755 "$$folder"; \
	TMPDIR="$$folder" HOTLINE_TEST_CHROMIUM="$$(cat $(VENV)/.chromium)" \
		$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -q $(TESTS)

.PHONY: nights
nights: $(READY) ## The long run: every night on both databases, 100 random nights, 500 calls nobody takes, 1,000 orders, 100 deaths at each kill point
	@folder=$$(mktemp -d -p "$(SCRATCH)" hotline-nights.XXXXXX); trap 'rm -rf "$$folder"' EXIT; chmod 755 "$$folder"; \
	TMPDIR="$$folder" HOTLINE_LONG_NIGHTS=1 \
		$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -q --seeds 100 --timeout 3600 tests/nights/test_nights.py tests/alerts/test_random_nights.py \
		tests/alerts/test_only_a_human.py tests/alerts/test_any_order.py \
		tests/worker/test_kill_points.py

.PHONY: check
check: $(READY) ## Lint, format, types, import rules, careless code, known vulnerabilities, all content
	@$(SIDE_BY_SIDE) $(CHECKS)

# Not in the list: the parts of `check`, and what is made ready for the tests beside them.
CHECKS := types lint imports careless vulnerable content
SIDE_BY_SIDE := $(MAKE) --no-print-directory --jobs=2 --output-sync=target
.PHONY: $(CHECKS) compiled
types: $(READY)
	@echo "Checking the types"; $(BIN)/mypy
lint: $(READY)
	@echo "Linting"; $(BIN)/ruff check .
	@echo "Checking the format"; $(BIN)/ruff format --check --quiet .
imports: $(READY)
	@echo "Checking who imports whom"; $(BIN)/lint-imports --no-cache
careless: $(READY)
	@echo "Looking for careless code (Bandit)"; $(BIN)/python .ci/code_check.py
vulnerable: $(READY)
	@echo "Auditing the dependencies"; $(BIN)/python .ci/dependency_check.py
content: $(READY)
	@echo "Checking the content"; $(BIN)/hotline check
# What pytest makes of each test file, once for all its processes.
compiled: $(READY)
	@echo "Compiling the tests"; $(BIN)/python -m pytest -p no:xdist --collect-only -qq $(TESTS) > $(VENV)/.collected || { tail -30 $(VENV)/.collected; exit 1; }

.PHONY: messages
messages: $(READY) ## Bring the catalogues in locales/ up to date with forms, templates and code
	@$(BIN)/hotline messages

.PHONY: standins
standins: $(READY) ## Make the stand-in audio that is missing or says an old text (needs espeak-ng and lame)
	@$(BIN)/hotline audio standins

.PHONY: migration
migration: $(READY) ## Write the migration to the tables as they are in the code: make migration NAME="what changes"
	@test -n "$(NAME)" || { echo 'Say what changes: make migration NAME="what changes"' >&2; exit 1; }
	@$(BIN)/python -m hotline.db_migrate "$(NAME)"

.PHONY: screenshots
screenshots: browser ## Take the pictures of docs/images anew, by the browser test
	@HOTLINE_SCREENSHOTS=1 HOTLINE_TEST_CHROMIUM="$$(cat $(VENV)/.chromium)" $(BIN)/python -m pytest -p no:xdist -q tests/e2e/test_browser.py

.PHONY: bench
bench: $(READY) ## Measure and print: messages a second, time to answer, time to page
	@$(BIN)/python -m tests.bench

# Not in the list: a part of `test`.
.PHONY: browser
browser: $(READY) # Find Chromium for the browser tests, install it where this machine lets us
	@.ci/chromium $(BIN)/python > $(VENV)/.chromium

.PHONY: lock
lock: ## Choose the newest dependencies that pyproject.toml allows, with hashes
	@$(require-python)
	@test -x build/lock/bin/uv || { "$(PYTHON)" -m venv build/lock && build/lock/bin/python -m pip --disable-pip-version-check -qq install uv; }
	@build/lock/bin/uv pip compile pyproject.toml --group build --group test --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
		--upgrade --quiet --output-file requirements.lock

define require-python
test -n "$(PYTHON)" || { echo "Python 3.11 or 3.12 with venv is needed (Debian: apt-get install python3 python3-venv), or: make PYTHON=/path/to/python3.12 run" >&2; exit 1; }
endef

# The stamp is written last, so that an installation that was cut off is done again.
$(READY): requirements.lock pyproject.toml
	@$(require-python)
	@rm -f $@
	@if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		echo "Making a virtual environment in $(VENV) with $(PYTHON)"; "$(PYTHON)" -m venv --clear $(VENV); fi
	@echo "Installing the locked dependencies (the first time this takes a minute or two)"
	@$(PIP) install --no-compile --require-hashes --only-binary :all: --requirement requirements.lock
	@echo "Installing hotline itself, to run from this folder"
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
