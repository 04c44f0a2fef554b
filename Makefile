# Two commands for everybody: `make demo` and `make test`. The others serve development.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: demo test bench evaluate lint release clean

# Runtime environment: rebuilt when the dependencies change.
$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("duban needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

$(VENV)/.bench: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	@touch $@

demo: $(VENV)/.installed
	@$(BIN)/python -m duban.app.demo build/demo

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@mkdir -p build/typing && ln -sfn ../.. build/typing/duban
	cd build/typing && MYPYPATH=. ../../$(BIN)/mypy --config-file ../../pyproject.toml
	$(BIN)/lint-imports --no-cache

test: lint
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

# The long runs: 10,000 generated and 10,000 mutated notices, 200 kills.
release: $(VENV)/.dev
	DUBAN_RELEASE=1 HYPOTHESIS_PROFILE=release $(BIN)/python -m pytest -m release

bench: $(VENV)/.bench
	$(BIN)/python -m bench

# What the rules win and lose against the stored baseline; BASELINE=save keeps this run as the new one.
evaluate: $(VENV)/.installed
	$(BIN)/duban evaluate corpus/gold/?-*.json corpus/gold/*-quantities.json --differences 3 --baseline bench/evaluation.json $(if $(filter save,$(BASELINE)),--save-baseline bench/evaluation.json)

clean:
	rm -rf build $(VENV)
