# make run      sets everything up and serves the app        (PORT=8000, HOST=127.0.0.1)
# make test     sets everything up and checks everything
# make setup    the virtual environment alone
# make check    format, lint, types, import contracts, templates
# make bench    speed, as ratios within one run
# make demo     a database full of invented learners, served

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin

.PHONY: run test setup setup-test check bench demo lock format clean
.DELETE_ON_ERROR:

run: .venv/.run
	@$(BIN)/quizapp serve --host $(HOST) --port $(PORT)

setup: .venv/.run

setup-test: .venv/.test

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'This needs Python 3.11 or newer; name it with: make $(MAKECMDGOALS) PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo 'Python cannot make virtual environments here. On Debian or Ubuntu: apt-get install python3-venv'; exit 1; }

.venv/.run: requirements.lock pyproject.toml | .venv/bin/python
	@echo 'Installing packages ...'
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: requirements-test.lock .venv/.run
	@echo 'Installing what the tests need ...'
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

.venv/.bench: requirements-bench.lock .venv/.test
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

test: .venv/.test check
	@$(BIN)/python -m tests.browser.chromium
	$(BIN)/coverage erase
	$(BIN)/coverage run --parallel-mode -m pytest -q tests/unit tests/db tests/web
	$(BIN)/pytest -q tests/browser
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --format=total > /dev/null || { $(BIN)/coverage report; exit 1; }
	$(BIN)/coverage report --include='quizapp/domain/*' --fail-under=100

check: .venv/.test
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --quiet --lint quizapp/templates
	$(BIN)/quizapp banks check

format: .venv/.test
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

bench: .venv/.bench
	$(BIN)/python -m tests.load.bench

demo: .venv/.run
	@QUIZAPP_SQLALCHEMY_DATABASE_URI=sqlite:///$(CURDIR)/instance/demo.db $(BIN)/quizapp demo
	@QUIZAPP_SQLALCHEMY_DATABASE_URI=sqlite:///$(CURDIR)/instance/demo.db $(BIN)/quizapp serve --host $(HOST) --port $(PORT)

# Renews the lock files; needs uv on the PATH.
lock:
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --extra setup pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --extra setup --extra test -c requirements.lock pyproject.toml -o requirements-test.lock
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --extra setup --extra test --extra bench -c requirements-test.lock pyproject.toml -o requirements-bench.lock

clean:
	rm -rf .venv .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
