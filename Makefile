# The whole workflow: setup, demo, test, check, drill, docs. Each creates .venv itself; a second call is fast.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: setup demo test postgres drill soak soak-week mutants bench bench-quick check docs docs-release clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is too old: job-alerts needs Python 3.11 or newer; make PYTHON=python3.12 chooses another"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: setup
	$(BIN)/job-alerts demo

test: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not drill and not postgres"

# The contract of the store on PostgreSQL, which is started from the system's packages in a folder of its own (some minutes).
postgres: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "postgres and not drill"

# Rehearsals of disaster, some minutes: kill -9 at every write, locks, full disks, clocks that jump. Prints what each counted.
drill: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "drill and not postgres" -rP --show-capture=stdout

# All faults together, for as long as asked: make soak MINUTES=60
MINUTES ?= 1
soak: setup
	$(BIN)/python -m tests.drills.soak --minutes $(MINUTES)

# A week of 200 sources, one answer in twenty wrong, in so many minutes: what it takes, and whether that grows.
soak-week: setup
	$(BIN)/python -m tests.drills.week --minutes $(MINUTES) --every 10800

# Are the tests as strong as they look? Puts faults in, one by one, and reports which are seen (some minutes).
mutants: setup
	$(BIN)/python -m tests.mutants

# A whole round of reading beside lemon24/reader, in CPU time (some minutes); fails where a ratio is under its floor.
bench: setup
	$(BIN)/python benchmarks/whole.py --json benchmarks/whole.json

# The same with 40 feeds, once.
bench-quick: setup
	$(BIN)/python benchmarks/whole.py --quick

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture

# The documentation as a site in site/: strict, and without the network. Serve it with: python -m http.server -d site
docs: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[docs]'
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

# A release's documentation beside those before it, in the local branch gh-pages: make docs-release VERSION=0.2
docs-release: setup
	@test -n "$(VERSION)" || { echo "say which: make docs-release VERSION=0.2"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[docs]'
	PATH="$(CURDIR)/$(BIN):$$PATH" NO_MKDOCS_2_WARNING=1 mike deploy --update-aliases $(VERSION) latest
	PATH="$(CURDIR)/$(BIN):$$PATH" NO_MKDOCS_2_WARNING=1 mike set-default --allow-undefined latest

clean:
	rm -rf .venv build dist demo-output site
