# Each target makes the virtual environment itself, from the locks: two commands do all the set-up.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: local-model demo test lint bench evidence docs faults wheel mutants clean locks
.DELETE_ON_ERROR:

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Condorcet needs Python 3.11 or newer; $(PYTHON) is older. Say which one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/runtime.stamp: requirements.lock | $(BIN)/python
	@echo "Installing what requirements.lock names into $(VENV) (a minute or two, once) ..."
	@$(BIN)/python -m pip install --require-hashes -r requirements.lock | sed -n 's/^Collecting \([^ ]*\).*/  \1/p'
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/runtime.stamp
	@echo "Installing what requirements-dev.lock names into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# The recorded day with the rehearsal jury; afterwards the chat page stays open. ONCE=1 stops after the report.
demo: $(VENV)/runtime.stamp
	@$(BIN)/python -m bot demo $(if $(ONCE),--once)

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n 2 --dist loadscope --cov=core --cov-branch --cov-report=term --cov-fail-under=100 -m "not slow"

lint: $(VENV)/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# Every figure beside its limit; FAST=1 runs each benchmark at its smallest size and checks only that it prints.
bench: $(VENV)/dev.stamp
	@FAST=$(FAST) $(BIN)/python -m benchmarks.run

# Opt-in: a real llama.cpp server and a small open model (93 MB) on this machine; BUILD=1 builds the server first.
local-model: $(VENV)/dev.stamp
	@BUILD=$(BUILD) $(BIN)/python -m benchmarks.local

evidence: $(VENV)/dev.stamp
	@$(BIN)/python -m benchmarks.evidence

# The tables of docs/ that follow from the code.
docs: $(VENV)/dev.stamp
	@$(BIN)/python -m benchmarks.pages

# The fault matrix; FAST=1 leaves out the long rows.
faults: $(VENV)/dev.stamp
	@FAST=$(FAST) $(BIN)/python -m tests.faults.run

# Builds the wheel, installs it with what the lock names into an empty environment, and runs the command from elsewhere.
wheel: $(VENV)/dev.stamp
	@rm -rf build/wheel && mkdir -p build/wheel/elsewhere
	@$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir build/wheel .
	@$(PYTHON) -m venv build/wheel/env
	@build/wheel/env/bin/python -m pip install --quiet --require-hashes -r requirements.lock
	@build/wheel/env/bin/python -m pip install --quiet --no-deps build/wheel/condorcet-*.whl
	@cd build/wheel/elsewhere && ../env/bin/condorcet analyze --demo --json > report.json && ls -l report.json

# Small changes to the code that the tests must notice: the whole of core, ledger and push takes hours and goes on where it
# was stopped; ONLY='core.jury*' tries one room. What survives: $(BIN)/mutmut results
mutants: $(VENV)/dev.stamp
	@$(BIN)/mutmut run --max-children 2 $(if $(ONLY),'$(ONLY)')
	@$(BIN)/mutmut export-cicd-stats && cat mutants/mutmut-cicd-stats.json

# Needs uv. Universal, with hashes, without index addresses.
locks:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) build mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage
