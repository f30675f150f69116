# Two commands are enough: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# More threads than cores make numpy and scikit-learn slower here, not faster.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
# What is compiled once is kept, wherever this is called from: the tests start hundreds of processes.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup run test types style fix bench quality browser-files dev-setup system-packages

help: ## この一覧
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: $(VENV)/.run browser-files ## 環境だけを用意する

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 以上が要ります。"; exit 1; }
	$(PYTHON) -m venv $(VENV)

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
OURSELVES := $(INSTALL) --no-deps --no-build-isolation --editable .

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --require-hashes -r requirements.lock
	$(OURSELVES)
	@# Where the service runs it may write nothing here, and it starts a process for every file it reads.
	$(BIN)/python -m compileall -q matching models seed web
	@touch $@

# All that is needed to run is in the longer list as well. To compile all of it would take longer than to install it;
# here Python may keep what it comes to use.
$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --no-compile --require-hashes -r requirements-dev.lock
	$(OURSELVES)
	@touch $(VENV)/.run $@

browser-files: web/static/vendor/.done

web/static/vendor/.done: package-lock.json web/browser_files.py
	npm ci --no-progress --loglevel=error
	$(PYTHON) web/browser_files.py
	@touch $@

run: setup ## 起動する（最初は見本の市町村つき）
	@$(BIN)/engawa serve --sample

dev-setup: $(VENV)/.dev browser-files system-packages

system-packages:
	@tests/system_packages.sh

test: dev-setup ## すべての検査（.ci/run と同じ）
	@$(MAKE) --no-print-directory --jobs=2 --output-sync types style
	$(BIN)/pytest -n auto --dist worksteal --durations=20 --cov --cov-report=term --cov-fail-under=85 -m "not browser"
	$(BIN)/pytest -n auto --dist worksteal --durations=5 -m browser

types:
	$(BIN)/mypy

style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/djlint web/templates --check
	$(BIN)/djlint web/templates --lint

fix: $(VENV)/.dev ## 書式をそろえる
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint web/templates --reformat --quiet || true

bench: dev-setup ## 速さを比で測る
	@tests/bench/system_packages.sh
	$(BIN)/python -m tests.bench

quality: dev-setup ## 提案のよさを練習問題で測る
	$(BIN)/python -m tests.quality
