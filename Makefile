# make run    scores the demonstration year into out/ and prints the ranking
# make test   runs all tests        make lint   checks style and types        make bench   prints the table of budgets
# make requirements   pins again what requirements/*.in names; UPGRADE=--upgrade takes the newest
# Another Python: make run PYTHON=python3.13

PYTHON ?= python3
VERSION := $(shell "$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
RUN := .venv/installed-run-$(VERSION)
DEV := .venv/installed-dev-$(VERSION)
IN_VENV := .venv/bin/python

.PHONY: run test bench lint requirements

run: $(RUN)
	@$(IN_VENV) -m assess demo --out out/

test: $(DEV)
	@sh tests/programs.sh
	@$(IN_VENV) -m pytest

bench: $(DEV)
	@$(IN_VENV) -m tests.benchmarks

lint: $(DEV)
	@$(IN_VENV) -m ruff check
	@$(IN_VENV) -m ruff format --check
	@$(IN_VENV) -m mypy

requirements:
	@sh requirements/compile.sh "$(PYTHON)" $(UPGRADE)

$(RUN): requirements.txt requirements/install.sh
	@sh requirements/install.sh "$(PYTHON)" .venv requirements.txt
	@touch $@

$(DEV): requirements/dev.txt requirements/install.sh
	@sh requirements/install.sh "$(PYTHON)" .venv requirements/dev.txt
	@touch $@ $(RUN)
