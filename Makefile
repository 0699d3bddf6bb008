# Two commands for a fresh machine that has Python 3.11 or newer and make:
#   make tour   sets up .venv and shows the whole path on a real experiment
#   make test   sets up .venv and runs the tests
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.complete
LOG    := $(VENV).log

.PHONY: tour test clean
.DELETE_ON_ERROR:

tour: $(STAMP)
	@$(BIN)/python -m tutor tour --out build/tour.tex

test: $(STAMP)
	@$(BIN)/python -m pytest -n 2 -m "not slow"

# Quiet about what works: what pip says is shown only if it fails.
$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python && $(BIN)/python -c pass 2>/dev/null || $(PYTHON) -m venv --clear $(VENV) || \
	  { echo "No virtual environment could be made; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV), once; this takes a minute or two."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' >$(LOG) 2>&1 || \
	  { cat $(LOG) >&2; rm -f $(LOG); echo "The set-up of $(VENV) failed; what pip said stands above." >&2; exit 1; }
	@rm -f $(LOG)
	@touch $@

clean:
	rm -rf $(VENV) $(LOG) build dist .pytest_cache .ruff_cache .hypothesis
