# Every target sets itself up first. On Windows, see README.md for the same without make.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CLASS := build/class
GRADES := build/grades

.PHONY: help setup sandbox grade test lab bench lint clean

help:  ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP)  ## Make .venv with the pinned packages; quick when nothing changed

$(STAMP): requirements.txt pyproject.toml
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; python3 is $$(python3 --version)"; exit 1; }
	@test -x $(BIN)/python || python3 -m venv $(VENV) \
	  || { echo "python3 cannot make a venv; on Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@

sandbox:
	@command -v bwrap >/dev/null && exit 0; \
	as_root=$$(test "$$(id -u)" = 0 || echo "sudo -n"); \
	if command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
	  echo "Installing bubblewrap"; \
	  $$as_root apt-get update -qq && $$as_root apt-get install -y -qq bubblewrap >/dev/null; \
	else \
	  echo "bubblewrap is missing. Install it, on Debian or Ubuntu: sudo apt install bubblewrap"; exit 1; \
	fi

grade: setup sandbox  ## Grade a sample class of twelve and print the marks
	@$(BIN)/course demo $(CLASS) >/dev/null
	@$(BIN)/course grade $(CLASS) --out $(GRADES)

test: setup sandbox  ## Run every test
	$(BIN)/python -m pytest

lab: setup  ## Open JupyterLab on the first notebook
	$(BIN)/jupyter lab assignments/1_svm.ipynb

bench: setup sandbox  ## Print the figures that README quotes
	@$(BIN)/python benchmarks/grading.py
	@$(BIN)/python benchmarks/ladder.py

lint: setup  ## Check style, types and that starter is as derived
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/course derive --check

clean:  ## Remove what the targets made
	rm -rf $(VENV) build
