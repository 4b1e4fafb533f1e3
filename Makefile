# make setup: .venv with luoshi in it · make run: a province to try, served to this machine · make examples: reports read
# make load: the country · make test: what must hold, make long: the rest of it
PY ?= python3
INPUTS ?= 200000
BIN := .venv/bin
# A process for each core; the tests of one file stay together, with what they share.
PARALLEL := -n auto --dist loadfile --no-loadscope-reorder
# The rooms with tables; the pages over them ask nothing that these do not try.
PLAIN := $(addprefix --ignore tests/,reading streams soak house browser desk exports measuring cli/test_demo.py)
ON_POSTGRESQL := $(BIN)/python -m tests.postgres -- $(BIN)/pytest $(PARALLEL) $(PLAIN)

# Where `make run` keeps its province: taking the folder away takes the demo away.
DEMO ?= demo-home
PORT ?= 8000

.PHONY: setup run examples load test long bench soak lock clean

setup: .venv/.ok

DATA := requirements-data.lock hatch_build.py $(wildcard src/luoshi/places/gazetteer/*.*) $(wildcard src/luoshi/locale/en/LC_MESSAGES/*.po)

.venv/.ok: requirements.lock pyproject.toml $(DATA)
	$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "luoshi needs Python 3.11 or newer")'
	$(PY) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

run: setup
	LUOSHI_HOME=$(DEMO) LUOSHI_LOG_LEVEL=WARNING $(BIN)/luoshi demo --serve --port $(PORT)

examples: setup
	$(BIN)/luoshi read --only work gold/*.txt examples/*
	$(BIN)/luoshi read --format html --output examples.html gold/*.txt examples/*
	$(BIN)/luoshi read --format xlsx --output examples.xlsx gold/*.txt examples/*

load: setup
	$(BIN)/luoshi load

# Browsers apart: they are slow where other work goes on beside them.
test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers 2
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest $(PARALLEL) -m "not long and not browser"
	$(BIN)/pytest $(PARALLEL) -m "browser and not long" tests/browser

# The same on the other database, and what takes long and says little more: CI runs both.
long: setup
	$(BIN)/pytest $(PARALLEL) -m long
	$(ON_POSTGRESQL) -m "django_db and not browser"

bench: setup
	$(BIN)/python bench/speed.py
	$(BIN)/python -m bench.linear 100000
	$(BIN)/python -m bench.documents
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.names
	$(BIN)/python -m bench.calendar
	$(BIN)/python -m bench.proving
	$(BIN)/python -m bench.ledger
	$(BIN)/python -m tests.postgres -- $(BIN)/python -m bench.ledger
	$(BIN)/python -m bench.sweep
	$(BIN)/python -m tests.postgres -- $(BIN)/python -m bench.sweep
	$(BIN)/python -m bench.lists
	$(BIN)/python -m tests.postgres -- $(BIN)/python -m bench.lists
	$(BIN)/python -m bench.searching
	$(BIN)/python -m tests.postgres -- $(BIN)/python -m bench.searching

# Minutes: 200,000 spoiled inputs (stopped, it says how it goes on), memory over long streams, 2,000 walks through the ledger for each playbook,
# the ledger under 300 kills, 50 power cuts, 20,000 moves by a crowd and outages, the sweep under 50 kills and deliveries under 20, on both databases.
soak: setup
	$(BIN)/python -m bench.soak --inputs $(INPUTS)
	$(BIN)/python bench/memory.py
	$(BIN)/python -m bench.soak.walks
	$(BIN)/python -m bench.soak.ledger_faults
	$(BIN)/python -m bench.soak.ledger_synced
	$(BIN)/python -m bench.soak.sweep_kills
	$(BIN)/python -m bench.soak.delivery_kills

# Needs uv; writes every version with its hashes and no address.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --no-emit-index-url requirements.in -o requirements.lock

clean:
	rm -rf .venv build dist src/luoshi/places/data .mypy_cache .ruff_cache .import_linter_cache
