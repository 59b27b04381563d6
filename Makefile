# Two commands do everything: `make run` and `make test`. Plain `make` lists the others.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/uv pip compile --quiet pyproject.toml --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-header --no-annotate
POT := src/lichen/locale/lichen.pot

# The first Python that is new enough; looked for only when .venv has to be made.
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: run story story-years packages test test-long check fix bench docs pages picture lock clean help

run: $(VENV)/web.stamp ## install Lichen into .venv and start it here, with a demo one click away (STAGE=audit|fit|disclosure)
	@$(if $(STAGE),LICHEN_HOME=lichen-home-$(STAGE)) $(BIN)/lichen-web serve --demo $(if $(STAGE),--stage $(STAGE))

story: $(VENV)/run.stamp ## install the library alone and tell the hospital's story in the terminal
	@$(BIN)/python examples/hospital_story.py

story-years: $(VENV)/run.stamp ## the same, and tell two years of the hospital and the churches
	@$(BIN)/python examples/two_years_story.py

test: check docs packages ## install what tests need, then check, build the docs and run all fast tests
	$(BIN)/python -m pytest -n auto

packages: $(VENV)/test.stamp ## what the tests need of the system: Chromium and PostgreSQL
	@$(BIN)/python tools/prepare_tests.py

test-long: packages ## the tests that take longer (pytest's 5: none is marked long)
	$(BIN)/python -m pytest -m long -n auto --dist loadfile || [ $$? -eq 5 ]

check: $(VENV)/test.stamp ## style, spelling, types, known dangers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/python -m mypy
	$(BIN)/bandit --quiet --recursive --severity-level medium --configfile pyproject.toml src tools

fix: $(VENV)/test.stamp ## mend what can be mended by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/bench.stamp ## every figure the docs state, measured again
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python "$$file" || exit; done

docs: $(VENV)/test.stamp ## build the documentation into docs/_build/html; a warning is an error
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet docs docs/_build/html

pages: picture ## write again what is generated: the picture, some pages of the reference, the sentences to translate
	$(BIN)/python tools/write_cli_reference.py docs/reference/cli.md
	$(BIN)/python tools/write_alliance_reference.py docs/reference/alliance-file.md
	$(BIN)/python tools/write_pitfalls_reference.py docs/reference/pitfalls.md
	$(BIN)/python -m tools.write_settings_reference docs/reference/settings.md
	$(BIN)/python -m tools.write_data_dictionary docs/reference/stored-data.md
	$(BIN)/pybabel --quiet extract --no-location --omit-header --sort-output --output $(POT) src/lichen

picture: $(VENV)/test.stamp ## draw the picture of the README from the hospital's story
	$(BIN)/python tools/draw_terminal.py docs/images/hospital.svg $(BIN)/python examples/hospital_story.py

lock: $(VENV)/test.stamp ## resolve the dependencies anew and pin them by hash
	$(COMPILE) --upgrade --group build --output-file requirements/run.txt
	$(COMPILE) --upgrade --group build --extra web --extra saml \
		--constraint requirements/run.txt --output-file requirements/web.txt
	$(COMPILE) --upgrade --group test --extra charts --extra embeddings --extra pdf --extra registry --extra web \
		--extra saml --constraint requirements/web.txt --output-file requirements/test.txt
	$(COMPILE) --upgrade --group bench --constraint requirements/test.txt --output-file requirements/bench.txt

clean: ## forget everything that was made here but .venv
	rm -rf build dist docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests tools examples benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@grep -hE '^[a-z-]+:.* ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.* ## /\1|/' | \
		while IFS='|' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Lichen needs Python 3.11 or newer, and none was found." >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Lichen needs into $(VENV) (once) ..."
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/web.stamp: requirements/web.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Lichen's pages need into $(VENV) (once) ..."
	$(PIP) install --require-hashes -r requirements/web.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(VENV)/run.stamp $@

$(VENV)/test.stamp: requirements/test.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the tests need into $(VENV) (once) ..."
	$(PIP) install --require-hashes -r requirements/test.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(VENV)/run.stamp $(VENV)/web.stamp $@

$(VENV)/bench.stamp: requirements/bench.txt $(VENV)/test.stamp
	@echo "Installing what the benchmarks compare with into $(VENV) (once) ..."
	$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@
