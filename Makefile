# make demo    install into .venv and harvest the newspaper that ships with the project
# make test    install what the tests need and run them
# make check   linter, formatter, types and tests; check-full adds the longer tests and the audit
# make audit   look up what is installed in the database of advisories
# make tools   what others judge and read a dataset with, each in an environment of its own below .tools; for check-full
# make bench   figures of ledger, archive and exports
# make bench-throughput PAGES=<folder>   what a crawl over saved pages costs, beside others
# make bench-accuracy DATA=<folder>   how well labelled pages are read
# make docs    write again what is generated: docs/fields.md, docs/reasons.md, the JSON Schema
# make clean   remove .venv, .tools and caches; harvested data in output/ stays

VENV := .venv
BIN := $(VENV)/bin
# Twice as many processes as cores: a test that crawls waits for half of its time.
JOBS ?= $(shell $(PYTHON) -c 'import os; print(min(2 * (os.cpu_count() or 1), 16))')
# A file's tests run in one process, so that a crawl which they share runs once. tests/conftest.py says in which order.
PYTEST = $(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

# The first interpreter that is new enough; `make PYTHON=…` overrides.
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

.PHONY: help demo test check check-full audit tools bench bench-throughput bench-accuracy docs clean

help:
	@sed -n 's/^# make /make /p' Makefile

demo: $(VENV)/.installed
	$(BIN)/scraper demo

test: $(VENV)/.installed-dev
	$(PYTEST)

check: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(PYTEST)

check-full: $(VENV)/.installed-dev tools
	$(MAKE) check
	$(PYTEST) -m full
	$(MAKE) audit

audit: $(VENV)/.installed-dev
	$(BIN)/python tests/audit.py $(VENV)/audit

# Their own pins would not fit together, and some are under licences that may be used but not imported.
TOOLS := frictionless mlcroissant bagit wacz pywb readers datasette
TOOL_frictionless := frictionless[parquet] pandas pyarrow
TOOL_mlcroissant := mlcroissant pyarrow
TOOL_bagit := bagit setuptools<81
TOOL_wacz := wacz
TOOL_pywb := pywb setuptools<81
TOOL_datasette := datasette
TOOL_readers := duckdb pandas pyarrow zstandard

tools: $(TOOLS:%=.tools/%/.installed)

.tools/%/.installed: | $(BIN)/python
	$(PYTHON) -m venv .tools/$* 2>/dev/null || $(PYTHON) -m venv --clear --without-pip .tools/$*
	$(BIN)/python -m pip --python .tools/$*/bin/python install --quiet --disable-pip-version-check \
		$(foreach package,$(TOOL_$*),'$(package)')
	@touch $@

bench: $(VENV)/.installed-dev
	$(BIN)/python -m bench.ledger
	$(BIN)/python -m bench.safety
	$(BIN)/python -m bench.keepup
	$(BIN)/python -m bench.export

bench-throughput: $(VENV)/.installed-dev
	@test -n "$(PAGES)" || { echo "make: say which pages to serve: make bench-throughput PAGES=<folder>" >&2; exit 1; }
	$(BIN)/python -m bench.throughput $(PAGES) $(if $(LEARNED),--learned)

bench-accuracy: $(VENV)/.installed-dev
	$(BIN)/python -m bench.accuracy $(if $(DATA),--data $(DATA))
	$(BIN)/python -m bench.accuracy.learned $(if $(DATA),--data $(DATA))
	$(BIN)/python -m bench.accuracy.learned --corpus zhgold --min 6 $(if $(DATA),--data $(DATA))

docs: $(VENV)/.installed-dev
	$(BIN)/python docs/generate.py

clean:
	rm -rf $(VENV) .tools build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Where Python comes without ensurepip (Debian without python3-venv), its own pip fills the environment.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or later is needed, found $$(python3 --version 2>&1)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) 2>/dev/null || { \
		$(PYTHON) -m venv --clear --without-pip $(VENV) && \
		$(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed
