# Everything Fodfæste needs is installed into this folder; nothing but Python 3.11 with venv, make and a network is asked for.
# One stamp per step: a step runs again only when what it depends on is newer.
.DEFAULT_GOAL := demo
SHELL := /bin/sh
PYTHON ?= python3
export UV_SYSTEM_CERTS := 1
export NODE_OPTIONS := --use-system-ca
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy
# What pytest rewrites of six hundred files is kept, so that the next run need not do it again.
export PYTHONDONTWRITEBYTECODE :=
export UV_CACHE_DIR ?= $(CURDIR)/.cache/uv
export npm_config_cache ?= $(CURDIR)/.cache/npm
CA := $(wildcard /etc/ssl/certs/ca-certificates.crt)
ifneq ($(CA),)
export PIP_CERT ?= $(CA)
endif
RUN := .venv/bin/python
MIGRATIONS := $(shell find lms courses supervision -path '*/migrations/0*.py')
CATALOGUES := $(shell find locale -name '*.po')
STYLES := $(wildcard assets/*.scss)

.tools/.done: requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Fodfæste needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: install it (Debian: python3-venv) and try again."; exit 1; }
	@echo "[1/5] Fetching the tools …"
	@$(PYTHON) -m venv .tools
	@.tools/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

.venv/.base: requirements/base.txt .tools/.done
	@echo "[2/5] Installing the Python packages …"
	@.tools/bin/uv venv -q --allow-existing --python $(PYTHON) .venv
	@test -f .venv/.dev || .tools/bin/uv pip sync -q --require-hashes --compile-bytecode --python $(RUN) requirements/base.txt
	@touch $@

.venv/.dev: requirements/dev.txt .tools/.done
	@echo "Installing what tests and checks need …"
	@.tools/bin/uv venv -q --allow-existing --python $(PYTHON) .venv
	@.tools/bin/uv pip sync -q --require-hashes --compile-bytecode --python $(RUN) requirements/dev.txt
	@touch .venv/.base $@

node_modules/.done: package-lock.json .npmrc .tools/.done
	@echo "[3/5] Fetching the design system …"
	@.tools/bin/npm ci --silent
	@touch $@

static/site.css: $(STYLES) node_modules/.done
	@.tools/bin/node node_modules/sass/sass.js --quiet --no-source-map --style=compressed --load-path=node_modules/dkfds/src/stylesheets assets/site.scss $@

var/.translated: $(CATALOGUES) .venv/.base
	@mkdir -p var
	@$(RUN) bin/translations.py compile
	@touch $@

var/.seeded: .venv/.base $(MIGRATIONS) | var/.translated static/site.css
	@echo "[4/5] Preparing the database …"
	@mkdir -p var
	@DEMO=1 $(RUN) manage.py migrate -v0
	@echo "[5/5] Filling in the demo programme …"
	@DEMO=1 $(RUN) manage.py seed_demo
	@touch $@

.PHONY: demo demo-reset test check bench drills lock format
demo: static/site.css var/.translated var/.seeded
	@DEMO=1 exec $(RUN) manage.py demo

demo-reset:
	rm -rf var/demo.sqlite3* var/media var/private var/mail var/queue var/.seeded var/celerybeat-schedule*

test: .venv/.dev static/site.css var/.translated
	@$(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: .venv/.dev static/site.css var/.translated
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/mypy
	@PYTHONPATH=. .venv/bin/lint-imports --no-logo 2>/dev/null || PYTHONPATH=. .venv/bin/lint-imports
	@.venv/bin/djlint templates --lint --quiet
	@$(RUN) bin/translations.py check
	@$(RUN) bin/access_page.py check
	@$(RUN) manage.py makemigrations --check --dry-run -v0
	@$(RUN) manage.py check --fail-level WARNING
	@$(RUN) manage.py privacy_register --check
	@$(RUN) bin/house_rules.py
	@$(RUN) bin/asvs.py

format: .venv/.dev
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix --quiet .

bench: .venv/.dev static/site.css var/.translated
	@$(RUN) bench/run.py

drills: .venv/.dev static/site.css var/.translated
	@$(RUN) bench/drills.py

lock: .tools/.done
	for name in tools base dev; do UV_CUSTOM_COMPILE_COMMAND="make lock" .tools/bin/uv pip compile -q --generate-hashes \
		--no-emit-index-url --no-annotate --universal --python-version 3.11 requirements/$$name.in -o requirements/$$name.txt; done
	.tools/bin/npm install --package-lock-only --silent
	$(PYTHON) -c 'import json,pathlib; p=pathlib.Path("package-lock.json"); d=json.loads(p.read_text()); [v.pop("funding", None) for v in d["packages"].values()]; p.write_text(json.dumps(d, indent=2)+"\n")'
