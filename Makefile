PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint docs bench clean

demo: $(READY)  ## make an invented case, check it, and break it
	@$(BIN)/evidence demo

test: $(READY)  ## run the tests
	$(BIN)/pytest -q -n auto

lint: $(READY)  ## style, types, and which room may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(READY)  ## check that README and reference say what the program does
	$(BIN)/python docs/generate.py --check

bench: $(READY)  ## measure, and write bench/RESULTS.md
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) dist

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
