# Every target sets itself up first. On Windows, see README.md for the same without make.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
GRADER := $(VENV)/.grader
# JupyterLab wants to be told that root, whom one is in many containers, may run it.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
# Many tests wait for a process that they have started: two for each core.
PROCESSES := $(shell python3 -c "import os; print(2 * (os.cpu_count() or 1))")
# No test is a notebook: the processes that test do without the plugin nbval.
PYTEST := OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n $(PROCESSES) -p no:nbval
CLASS := build/class
GRADES := build/grades
WORKSPACE := course/release/files/student/first.jupyterlab-workspace

# JupyterLab opens with the first notebook beside the first stub, and then as it was left.
export JUPYTERLAB_WORKSPACES_DIR := $(CURDIR)/.lab
# It does not ask whether it may fetch news.
NO_NEWS := $(VENV)/etc/jupyter/labconfig/default_setting_overrides.json

# Images of containers often set this; each of the hundreds of processes that the tests and the
# grader start would then compile all modules again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup sandbox grade test quick mistakes messages lab bench clean

help:  ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP)  ## Make .venv with the pinned packages; quick when nothing changed

# Modules are compiled when they are imported; pip would compile all, of which few are.
$(STAMP): $(GRADER) requirements.txt
	$(call install,-r requirements.txt)
	@touch $@

# What grading needs, and no more: no JupyterLab, no browser, no tool.
$(GRADER): requirements-grade.txt pyproject.toml
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; python3 is $$(python3 --version)"; exit 1; }
	@python3 -c 'import ensurepip' 2>/dev/null || { $(call apt,python3-venv); }
	@test -x $(BIN)/python || python3 -m venv $(VENV)
	$(call install,-r requirements-grade.txt)
	$(call install,--no-deps -e .)
	@touch $@

# uv downloads and unpacks several packages at a time; it does not know pip's configuration.
PIP := $(BIN)/python -m pip install --quiet --no-compile
UV := $(shell command -v uv)
install = $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python $(1) ||) $(PIP) $(1)

sandbox:
	@command -v bwrap >/dev/null || { $(call apt,bubblewrap); }

# Install a Debian package, where we are root or may use sudo without a password; else say how.
apt = as_root=; test "$$(id -u)" = 0 || as_root="sudo -n"; \
  if command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
    echo "Installing $(1)"; \
    $$as_root apt-get update -qq && $$as_root apt-get install -y -qq $(1) >/dev/null; \
  else echo "$(1) is missing; on Debian or Ubuntu: sudo apt install $(1)"; exit 1; fi

grade: $(GRADER) sandbox  ## Grade a sample class of twelve and print the marks
	@$(BIN)/course demo $(CLASS) >/dev/null
	@$(BIN)/course grade $(CLASS) --out $(GRADES)

test: setup sandbox  ## Run every test, some on each core
	$(PYTEST)

quick: setup  ## Run a part of the tests: units, one seed, one mistake for each diagnosis
	$(PYTEST) --quick

mistakes: setup  ## Print how many wrong answers are rejected and named, task by task
	@$(BIN)/python -m tests.mistakes.report

messages: setup  ## Collect all that the course can say into docs/messages.md
	@$(BIN)/python -m tools.messages

lab: setup  ## Open JupyterLab, the first notebook beside the first stub
	@test -d "$(JUPYTERLAB_WORKSPACES_DIR)" || { mkdir -p build; \
	  sed 's/{{ notebook }}/1_svm/g; s/{{ module }}/linear_svm.py/g' $(WORKSPACE) > build/$(notdir $(WORKSPACE)); \
	  $(BIN)/jupyter lab workspaces import build/$(notdir $(WORKSPACE)); }
	@mkdir -p $(dir $(NO_NEWS))
	@echo '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}' > $(NO_NEWS)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter lab $(AS_ROOT) --ServerApp.root_dir="$(CURDIR)"

bench: setup  ## Print what a student waits for, beside PyTorch or the usual way
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.table

clean:  ## Remove what the targets made
	rm -rf $(VENV) build
