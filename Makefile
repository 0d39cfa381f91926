# What can be done here: setup, demo, test, check, bench. Nothing but Python 3.11 or newer and
# its package index is needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LANGUAGES := lv lt en
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
COMPILED := $(VENV)/.compiled
CODE := $(wildcard app tests bench migrations worker.py wsgi.py)

.PHONY: setup demo test test-sqlite test-postgresql check bench format format-check lint types \
	contracts templates translations migration-check requirements catalogues clean

setup: $(READY) $(COMPILED)

$(READY): requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Talka needs Python 3.11 or newer.")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@# uv is ten times as fast, but does not read pip's configuration: tell it pip's index, and
	@# leave it to pip where uv cannot do it.
	@set -e; say() { $(BIN)/pip config get "$$1" 2>/dev/null || true; }; \
	index="$${PIP_INDEX_URL:-$$(say global.index-url)}"; \
	if [ -n "$$index" ] && [ -z "$${UV_DEFAULT_INDEX:-}" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
	certificates="$${PIP_CERT:-$$(say global.cert)}"; \
	if [ -n "$$certificates" ] && [ -z "$${SSL_CERT_FILE:-}" ]; then export SSL_CERT_FILE="$$certificates"; fi; \
	{ $(BIN)/pip install --quiet --disable-pip-version-check uv && \
	  $(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements/dev.txt; } || \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(COMPILED): $(READY) $(CATALOGUES)
	@if [ -n "$(CATALOGUES)" ]; then $(BIN)/pybabel --quiet compile -d translations; fi
	@touch $@

demo: setup
	@exec $(BIN)/flask demo

# Every test on both databases. ARGS reaches pytest, as in `make test ARGS="-k vote"`.
test: test-sqlite test-postgresql

test-sqlite: setup
	$(BIN)/pytest --numprocesses=auto --database=sqlite $(ARGS)

test-postgresql: setup
	$(BIN)/pytest --numprocesses=auto --database=postgresql $(ARGS)

check: format-check lint types contracts templates translations migration-check test

bench: setup
	$(BIN)/python -m bench $(ARGS)

format: setup
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix-only --quiet $(CODE)

format-check: setup
	$(BIN)/ruff format --check $(CODE)

lint: setup
	$(BIN)/ruff check $(CODE)

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports

templates: setup
	$(BIN)/djlint --lint --quiet --allow-empty-input app

translations: setup
	$(BIN)/pytest --quiet tests/architecture/test_translations.py

migration-check: setup
	$(BIN)/pytest --quiet --database=sqlite tests/architecture/test_migrations.py
	$(BIN)/pytest --quiet --database=postgresql tests/architecture/test_migrations.py

# Collect the marked sentences and carry them into the catalogues, for translators to complete.
catalogues: setup
	$(BIN)/pybabel --quiet extract -F babel.cfg -k _n:1,2 -k lazy_gettext -k lazy_ngettext:1,2 \
		--no-location --sort-output --project=Talka --copyright-holder="the authors of Talka" -o translations/messages.pot .
	for language in $(LANGUAGES); do \
		test -f translations/$$language/LC_MESSAGES/messages.po || \
		$(BIN)/pybabel --quiet init -i translations/messages.pot -d translations -l $$language; done
	$(BIN)/pybabel --quiet update -i translations/messages.pot -d translations --no-fuzzy-matching --ignore-pot-creation-date

requirements: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url requirements/dev.in -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url -c requirements/dev.txt requirements/run.in -o requirements/run.txt

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
