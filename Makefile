# make lab     open the course in JupyterLab          make test     prove that all of it runs
# make browser run it in a real browser (Chromium)    make bench    print speed and memory beside the peers
# make notebooks  run every lesson anew and store it  make lock     compile the requirement files anew
# make held    hold the numbers of the tables anew    make touches OF=treaties  say what rests on a table or module
# make lesson NAME=14_debris  make a lesson that runs    make oldest  run the lessons on the oldest releases allowed
# make mutants NUMBER=40  change one thing at a time and see whether it is noticed
# LESSONS="07 08" keeps test and notebooks to these lessons.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := $(BIN)/python
UV := $(shell command -v uv 2>/dev/null)
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
# uv is ten times as quick; where it is missing, or cannot reach an index, pip does the same.
INSTALL = $(if $(UV),uv pip install --quiet --python $(PY) $(1) 2>/dev/null ||) $(PIP) $(1)
LOCK := uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --generate-hashes
# A folder has no hash, so the checkout is installed by itself; what builds it is in the lock too.
CHECKOUT := --no-deps --no-build-isolation -e .
NBVAL := --nbval --nbval-current-env --nbval-cell-timeout=60 -n 2 --dist loadscope -p tests.no_grammar -p tests.lesson_report
# The build saves a fifth by forked kernels; by hand each lesson has a kernel as in JupyterLab.
ifneq ($(and $(CI),$(filter Linux,$(shell uname -s))),)
NBVAL += -p tests.forked_kernels
endif
LAB_ARGS ?=
# Where this is set and uv installs, every process compiles all libraries anew: 5 s in place of 1.
unexport PYTHONDONTWRITEBYTECODE

package: $(VENV)/installed
	$(PY) -m helpers.tables.description > data/datapackage.json

.PHONY: package lab test unit lessons oldest browser projector mutants bench notebooks held touches release site lite lite-build hub hub-load lock clean

lab: $(VENV)/installed
	$(PY) -m helpers.lab $(LAB_ARGS)

test: unit lessons

unit: $(VENV)/installed-test
	$(PY) -m pytest -q -n 2 --dist loadfile -p tests.no_grammar --ignore tests/browser $(if $(LESSONS),$(LESSONS:%=tests/lessons/test_%_*.py),tests)

lessons: $(VENV)/installed-test
	$(PY) -m pytest -q $(NBVAL) $(if $(LESSONS),$(LESSONS:%=notebooks/%_*.ipynb),notebooks)

# Python 3.11 is the oldest; with a newer one the environment is made of the same releases.
OLDEST := build/oldest

oldest: $(OLDEST)/installed
	$(OLDEST)/$(notdir $(BIN))/python -m tests.oldest $(LESSONS)

$(OLDEST)/installed: tests/oldest.txt
	$(PYTHON) -m venv $(OLDEST)
	$(if $(UV),uv pip install --quiet --python $(OLDEST)/$(notdir $(BIN))/python -r $< 2>/dev/null ||) $(OLDEST)/$(notdir $(BIN))/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

browser: $(VENV)/installed-test
	$(PY) -m pytest -q -n 2 --dist worksteal tests/browser

# Heights on a projector of 1280 x 720, two minutes a lesson: make projector LESSONS="04 05"
projector: $(VENV)/installed-test
	SHARED_ORBITS_PROJECTOR="$(LESSONS)" $(PY) -m pytest -q -s tests/browser/test_lessons.py -k "runs_without and ($(shell echo $(LESSONS) | sed 's/ / or /g'))"

# Change one thing at a time and see whether it is noticed; what lives is printed.
NUMBER ?= 40
SEED ?= 1

mutants: $(VENV)/installed-test
	$(PY) -m tests.mutants $(NUMBER) --seed $(SEED)

bench: $(VENV)/installed-bench
	$(PY) -m tests.bench $(PARTS)

notebooks: $(VENV)/installed-test
	$(PY) -m tests.refresh $(LESSONS)

# A new lesson from the templates: its notebook, questions, exercise, teacher page, test and module.
lesson: $(VENV)/installed-test
	$(PY) -m tests.new_lesson $(NAME) $(if $(TITLE),"$(TITLE)")

held: $(VENV)/installed-test
	$(PY) -m tests.held

touches: $(VENV)/installed-test
	$(PY) -m tests.touches $(OF)

# One zip for computers without a network; needs uv. TARGETS="windows-3.12 linux-3.12" makes it smaller.
release: $(VENV)/installed
	$(PY) -m doors.release $(TARGETS)

# The web edition has an environment of its own: its generator wants older libraries than the lessons.
SITE := build/site

site: $(SITE)/installed $(VENV)/installed
	$(SITE)/$(notdir $(BIN))/python -m doors.site --python $(abspath $(PY)) --mathjax $(SITE)/node_modules/mathjax/es5

$(SITE)/installed: doors/site.requirements.txt
	$(PYTHON) -m venv $(SITE)
	$(SITE)/$(notdir $(BIN))/python -m pip install --quiet --disable-pip-version-check -r $<
	npm install --silent --no-audit --no-fund --prefix $(SITE) mathjax@3
	touch $@

# The browser alone; PYODIDE is the unpacked release 0.27.7 of Pyodide.
LITE := build/lite

lite: $(LITE)/installed
	$(LITE)/$(notdir $(BIN))/python -m doors.lite "$(PYODIDE)"

lite-build: $(LITE)/installed
	$(LITE)/$(notdir $(BIN))/python -m doors.lite --without-pyodide --out $(LITE)/site

$(LITE)/installed: doors/lite.requirements.txt
	$(PYTHON) -m venv $(LITE)
	$(LITE)/$(notdir $(BIN))/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

# A class on one machine; the load test lets LEARNERS open a lesson at once.
PROXY := $(VENV)/node_modules/.bin/configurable-http-proxy
LEARNERS ?= 10

hub: $(VENV)/installed-hub
	PATH="$(CURDIR)/$(BIN):$$PATH" SHARED_ORBITS_PROXY="$(CURDIR)/$(PROXY)" $(PY) -m jupyterhub -f hub/jupyterhub_config.py

hub-load: $(VENV)/installed-hub
	PATH="$(CURDIR)/$(BIN):$$PATH" SHARED_ORBITS_PROXY="$(CURDIR)/$(PROXY)" $(PY) -m hub.load $(LEARNERS)

$(VENV)/installed-hub: hub/requirements.txt $(VENV)/installed
	$(call INSTALL,-r hub/requirements.txt)
	npm install --silent --no-audit --no-fund --prefix $(VENV) configurable-http-proxy@5
	touch $@

lock:
	echo "setuptools>=77" | $(LOCK) pyproject.toml - --extra check -o requirements.txt
	$(LOCK) pyproject.toml --extra test --extra browser --constraint requirements.txt -o tests/requirements.txt
	echo "." | uv pip compile --quiet --universal --resolution lowest-direct --python-version 3.11 --no-header --no-annotate - | grep -v "^[.]" > tests/oldest.txt

# Whether the lock has wheels for each platform and Python of the course; asks the index.
wheels: $(VENV)/installed-test
	$(PY) -m tests.wheels

clean:
	rm -rf $(VENV)

$(PY):
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt pyproject.toml | $(PY)
	$(call INSTALL,--require-hashes -r requirements.txt)
	$(call INSTALL,$(CHECKOUT))
	touch $@

$(VENV)/installed-test: tests/requirements.txt $(VENV)/installed
	$(call INSTALL,--require-hashes -r tests/requirements.txt)
	touch $@

# The peers beside which the benchmarks print: nothing else needs them, so they are not locked.
$(VENV)/installed-bench: $(VENV)/installed-test
	$(call INSTALL,-e ".[bench]")
	touch $@
