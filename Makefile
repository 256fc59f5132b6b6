PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NEXT := .venv-next
# Kept compiled even where that is turned off: to compile tests takes half of collecting them.
export PYTHONDONTWRITEBYTECODE =
WITHOUT_DATASETTE := verifier test_capture.py test_site.py test_handbook_pictures.py

.PHONY: demo test soak test-pythons test-python test-next lint docs handbook pages pictures bench bench-scale wheel clean

demo: $(READY)  ## make an invented case, check it, and break it
	@$(BIN)/evidence demo

test: $(READY)  ## run the tests, and name the ten slowest
	$(BIN)/pytest -q -n auto --durations=10

test-pythons:  ## run the tests, without browsers and kills, on every CPython from 3.11 on
	@for minor in $$(seq 11 19); do \
	    for python in python3.$$minor $${PYENV_ROOT:-$$HOME/.pyenv}/versions/3.$$minor.*/bin/python3; do \
	        "$$python" -c 'import sys; sys.exit(sys.implementation.name != "cpython")' \
	            2>/dev/null || continue; \
	        echo "Python 3.$$minor"; \
	        $(MAKE) --no-print-directory test-python \
	            PYTHON="$$python" VENV=.venv-3.$$minor || exit 1; \
	        break; \
	    done; \
	done

test-python: $(READY)
	$(BIN)/pytest -q -n auto -p no:cacheprovider --ignore tests/browser --ignore tests/crash

soak: $(READY)  ## kill commands a thousand times, show DOCX, withhold 200 sets; takes long
	EVIDENCE_KILLS=1000 EVIDENCE_OFFICE=1 $(BIN)/pytest -q -n auto \
		tests/crash/test_soak.py tests/chain/rendering/test_shown_documents.py
	EVIDENCE_WITHHELD=200 $(BIN)/pytest -q tests/db/publishing/test_any_withholding.py

test-next: $(READY) $(NEXT)/.ready  ## run the tests of the pages on the next Datasette, a pre-release
	PYTHONPATH=$(CURDIR)/evidence:$(CURDIR)/db:$(CURDIR)/cli:$(CURDIR)/tests \
		$(NEXT)/bin/pytest -q -n auto -p no:cacheprovider -W ignore tests/datasette
	EVIDENCE_DATASETTE_1=$(CURDIR)/$(NEXT)/bin/python $(BIN)/pytest -q -n auto tests/browser \
		$(WITHOUT_DATASETTE:%=--ignore tests/browser/%)

lint: $(READY)  ## style, types, and which room may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(READY) handbook  ## check that README and reference say what the program does
	$(BIN)/cog --check -I docs/making README.md docs/cli.md docs/case-file.md

handbook: $(READY)  ## build docs/ as a site in build/handbook; a warning or a dead link fails
	rm -rf build/handbook
	$(BIN)/sphinx-build -q -W --keep-going -d build/doctrees -c docs/making docs build/handbook

pages: $(READY)  ## write into the pages of the handbook what their commands answer now
	$(BIN)/python docs/making/walking.py

pictures: $(READY)  ## make the pictures of the handbook anew
	EVIDENCE_PICTURES=$(CURDIR)/docs/handbook/pictures \
		$(BIN)/pytest -q -p no:cacheprovider tests/browser/test_handbook_pictures.py

bench: $(READY)  ## measure, and write bench/RESULTS.md and bench/history/
	$(BIN)/python -m bench

bench-scale: $(READY)  ## measure ten million records, kept in KEEP, and write bench/SCALE.md
	$(BIN)/python -m bench.scale --keep $(or $(KEEP),build/scale)

wheel: $(READY)  ## build the wheel, install it in an empty environment, run the demo there
	rm -rf dist
	$(BIN)/pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .
	$(PYTHON) -m venv dist/empty
	dist/empty/bin/pip install --quiet --disable-pip-version-check dist/*.whl
	cd dist && empty/bin/evidence demo > demo.txt
	grep -q "checks hold, 0 failed, 0 could not be made" dist/demo.txt
	grep -q "FAILED file" dist/demo.txt

clean:
	rm -rf $(VENV) $(NEXT) .venv-3.* dist build

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q evidence db cli
	@touch $(READY)

$(NEXT)/.ready: pyproject.toml requirements-next.lock
	$(PYTHON) -m venv $(NEXT)
	$(NEXT)/bin/pip install --quiet --disable-pip-version-check --requirement requirements-next.lock
	@touch $(NEXT)/.ready
