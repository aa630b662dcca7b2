# `make help` says what there is. Everything lands in .venv, node_modules, selection/static/dist and var;
# git ignores all four, and `make clean` removes the first three.

.DEFAULT_GOAL := help
.PHONY: help run test faults check format bench attack docs clean assets chromium

VENV := .venv
PY := $(VENV)/bin/python
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# As many tests at once as there are cores, and not more than eight.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2); [ $$n -gt 8 ] && echo 8 || echo $$n)
# What pytest is asked for: make test TESTS="tests/rules -k moderation"
TESTS ?=

STYLES := $(wildcard selection/static/scss/*.scss selection/static/js/*.js selection/static/js/*/*.js) selection/static/build.mjs
INSTALLED := $(VENV)/installed
INSTALLED_DEV := $(VENV)/installed-dev
LIBRARIES := node_modules/installed
ASSETS := selection/static/dist/version.txt

help: ## Say what there is.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{ printf "make %-9s %s\n", $$1, $$2 }'

run: $(INSTALLED) $(ASSETS) ## Start the service with its demo: http://127.0.0.1:$PORT, 8000 if PORT is not set.
	@$(PY) -m flask serve

test: check chromium $(ASSETS) ## Run every check and every test, in the browser too.
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal $(TESTS)

faults: check chromium $(ASSETS) ## Live through a half-day of six assessors and two hundred faults.
	@$(PY) -m pytest -q -n 0 tests/faults --faults 200

check: $(INSTALLED_DEV) ## Style, types, and who may import whom.
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-logo

format: $(INSTALLED_DEV) ## Put the code into its one style.
	@$(VENV)/bin/ruff check --fix-only --quiet .
	@$(VENV)/bin/ruff format .

bench: $(INSTALLED_DEV) $(ASSETS) ## Measure against floors written bare, in the same run.
	@$(PY) -m bench

attack: $(INSTALLED) ## Try to break the rule on a scratch copy, and check the live rows.
	@$(PY) -m flask invariant

docs: $(INSTALLED_DEV) $(ASSETS) chromium ## Take the pictures in the README again.
	@$(PY) -m docs.screenshots

clean: ## Remove what was installed and built; var, with the data, stays.
	rm -rf $(VENV) node_modules selection/static/dist .mypy_cache .ruff_cache .import_linter_cache

assets: $(ASSETS) ## Build the styles and the script.

chromium: $(INSTALLED_DEV)
	@$(PY) tests/journeys/chromium.py

$(PY):
	@for p in python3 python3.14 python3.13 python3.12 python3.11; do \
		$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		$$p -m venv --clear $(VENV) && exit 0; rm -rf $(VENV); exit 1; \
	done; echo "Python 3.11 or later is needed, with its venv module; none was found on PATH." >&2; exit 1

$(INSTALLED): requirements.txt | $(PY)
	@echo "Installing what the service runs on…"
	@$(PY) -m pip install -qq -r requirements.txt
	@touch $@

$(INSTALLED_DEV): requirements-dev.txt $(INSTALLED)
	@echo "Installing what the tests need…"
	@$(PY) -m pip install -qq -r requirements-dev.txt
	@touch $@

$(LIBRARIES): package-lock.json package.json .npmrc $(INSTALLED)
	@echo "Installing the front-end libraries…"
	@npm ci --loglevel=error
	@touch $@

$(ASSETS): $(STYLES) $(LIBRARIES)
	@echo "Building the styles and the script…"
	@npm run --silent build
