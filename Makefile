# make run    fills an empty instance with two demonstration years and serves it, and scores 2026 into out/: PORT=8000
# make test   runs all tests        make lint   checks style and types        make bench   prints the table of budgets
# make soak   runs all tests with every round of what make test does in a few: fifty of killed workers, every value
#             in every field, all examples (docs/testing.md); KILL_SEED=… repeats a round that failed
# make products   makes again what tests/products holds byte for byte, writes its digests and prints what changed
# make guides   writes again the tables in rules/README.md and README.zh.md that come from the program and the sheets
# make requirements   pins again what requirements/*.in names; UPGRADE=--upgrade takes the newest
# Another Python: make run PYTHON=python3.13

PYTHON ?= python3
PORT ?= 8000
VERSION := $(shell "$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
RUN := .venv/installed-run-$(VERSION)
DEV := .venv/installed-dev-$(VERSION)
IN_VENV := .venv/bin/python
PROCESSES := $(shell "$(PYTHON)" -c 'import os; print(min(4, 1 + (os.cpu_count() or 1)))' 2>/dev/null)
# Tests wait for browsers, databases and killed workers: one process more than there are cores keeps these busy.
ROOM := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 { print "/dev/shm" }')
# Tests flush thousands of small databases to the disk; where memory serves as one, that takes half the time.

.PHONY: run test bench soak products guides lint requirements

run: $(RUN)
	@$(IN_VENV) -m assess demo --out out/ & ASSESS_ADDRESS=$${ASSESS_ADDRESS:-http://127.0.0.1:$(PORT)} \
		$(IN_VENV) -m assess demo --once && wait $$!
	@$(IN_VENV) -m assess serve --port $(PORT)

test: $(DEV)
	@sh tests/programs.sh
	@PYTHONDONTWRITEBYTECODE= PYTEST_DEBUG_TEMPROOT=$(ROOM) $(IN_VENV) -m pytest -n $(PROCESSES) --dist worksteal --durations 20

bench: $(DEV)
	@$(IN_VENV) -m tests.benchmarks

soak: $(DEV)
	@SOAK=1 PYTEST_DEBUG_TEMPROOT=$(ROOM) $(IN_VENV) -m pytest -n $(PROCESSES) --dist worksteal

products: $(DEV)
	@$(IN_VENV) -m tests.products --write

guides: $(DEV)
	@for paper in methods flaws keys; do $(IN_VENV) -m tests.$${paper}_paper || exit 1; done

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
