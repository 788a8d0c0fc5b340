# Each target makes the virtual environment itself, from the locks: two commands do all the set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test lint bench evidence faults clean locks
.DELETE_ON_ERROR:

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Condorcet needs Python 3.11 or newer; $(PYTHON) is older. Say which one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/runtime.stamp: requirements.lock | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/runtime.stamp
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

bench: $(VENV)/dev.stamp
	@$(BIN)/python -m benchmarks.run

evidence: $(VENV)/dev.stamp
	@$(BIN)/python -m benchmarks.evidence

# The fault matrix; FAST=1 leaves out the long rows.
faults: $(VENV)/dev.stamp
	@FAST=$(FAST) $(BIN)/python -m tests.faults.run

# Needs uv. Universal, with hashes, without index addresses.
locks:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage
