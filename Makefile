# What people do with Doorstep, one word each. `make` alone lists them. Needs Python 3.11 or later, git and make;
# Node comes as a wheel where there is none.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

BIN := .venv/bin/python
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
# The phone's app: what it is made of, and what says that it is made.
SOURCES := $(shell find static/shared static/phone static/sw static/css -type f) package-lock.json \
	vite.config.ts vite.worker.config.ts
BUILT := static/built/.made
MODULES := node_modules/.runtime-installed
DEV_MODULES := node_modules/.dev-installed
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard config/locale/*/LC_MESSAGES/*.po))
KEYWORDS := n_ lazy gettext_lazy gettext_noop ngettext_lazy:1,2 pgettext:1c,2 pgettext_lazy:1c,2 npgettext_lazy:1c,2,3

# Development secrets and readable errors; `make dev DEBUG=0` or the environment may say otherwise.
DEBUG ?= 1
export DEBUG
export PYTHONUNBUFFERED := 1
# Each test process and each server that a test starts would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

# The long-running ones are started with exec: Ctrl-C and a plain kill then reach them and nothing is left behind.

# Variables that a word takes, as options of its command: only those that were given.
option = $(if $($(2)),--$(1) "$($(2))")

.PHONY: help
help: ## This list
	@printf '\nDoorstep: the right officer at the door before the transfer\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile
	@printf '\n'

.PHONY: demo
demo: $(RUNTIME) $(CATALOGUES) $(BUILT) ## The whole loop with a simulated crew: PORT=8000 RATE=… CREW=off|steady=8,silent=2 SIZE=small|city LAN=1
	@exec $(BIN) manage.py demo $(call option,port,PORT) $(call option,rate,RATE) \
		$(call option,crew,CREW) $(call option,size,SIZE) $(call option,lan,LAN)

.PHONY: dev
dev: $(DEV) $(CATALOGUES) $(DEV_MODULES) ## Server and app that change while you write: PORT=8000
	@$(BIN) manage.py migrate --verbosity 0
	@$(BESIDE_VITE)

.PHONY: build
build: $(BUILT) ## The phone's app into static/built, where its sources have changed

# With TESTARGS only what they name runs.
.PHONY: test
test: $(DEV) $(CATALOGUES) $(DEV_MODULES) $(BUILT) ## All tests, on every core: TESTARGS="tests/flows -k gold"
	@$(if $(TESTARGS),,$(find_node); npm run --silent types && npm run --silent test)
	@$(find_chromium); $(BIN) -m pytest -n auto --dist worksteal --durations=10 $(TESTARGS)

.PHONY: shots
shots: $(DEV) $(CATALOGUES) $(DEV_MODULES) $(BUILT) ## Pictures of every screen into var/shots, to look at
	@$(find_chromium); $(BIN) -m pytest -q -n auto tests/browser/every_screen/shots.py

.PHONY: check
check: $(DEV) $(CATALOGUES) $(DEV_MODULES) $(BUILT) ## Style, types, import arrows, migrations, schema, deployment settings
	@$(find_node); $(CHECK)

.PHONY: format
format: $(DEV) $(DEV_MODULES) ## Write Python and TypeScript as `make check` wants them, where a tool can
	@$(BIN) -m ruff check --quiet --fix . ; $(BIN) -m ruff format --quiet .
	@$(find_node); npm run --silent format

.PHONY: types
types: $(DEV) $(CATALOGUES) $(DEV_MODULES) ## What the phone takes over from Python: its tables and the shapes of the doors
	@$(find_node); $(call write_types,static/shared/server)
	@$(BIN) -m tests.vectors

.PHONY: bench
bench: $(DEV) $(CATALOGUES) ## Speed and load, as a table and JSON: BENCHARGS=…
	@exec $(BIN) -m tests.bench $(BENCHARGS)

.PHONY: bench-phone
bench-phone: $(DEV) $(CATALOGUES) $(DEV_MODULES) $(BUILT) ## The app on a poor phone and network: bytes, launches, taps, Lighthouse: BENCHARGS=…
	@$(find_node); $(find_chromium); exec $(BIN) -m tests.bench.phone $(BENCHARGS)

.PHONY: faults
faults: $(DEV) $(CATALOGUES) ## Everything killed and restarted under load, three ledgers compared: FAULTSARGS=…
	@exec $(BIN) -m tests.faults $(FAULTSARGS)

.PHONY: proof
proof: $(DEV) $(CATALOGUES) $(DEV_MODULES) $(BUILT) ## Every long form of the promises, in slices; goes on where it was stopped: PROOFARGS="--minutes 60"
	@$(find_chromium); exec $(BIN) -m tests.proof $(PROOFARGS)

.PHONY: figures
figures: $(RUNTIME) $(CATALOGUES) ## Counts, intervals and outcomes of what has been recorded
	@$(BIN) manage.py figures

.PHONY: messages
messages: $(DEV) ## Collect the words to translate into config/locale/*/LC_MESSAGES/django.po
	@$(BIN) -m babel.messages.frontend --quiet extract --mapping-file pyproject.toml --keywords '$(KEYWORDS)' \
		--add-comments Translators: --add-location file --sort-by-file --project doorstep --version 1 \
		--header-comment '# The words of Doorstep.' --last-translator Doorstep --msgid-bugs-address '' \
		--output-file config/locale/django.pot accounts config dissuasion households templates
	@$(BIN) -m babel.messages.frontend --quiet update --domain django --input-file config/locale/django.pot \
		--output-dir config/locale --locale zh_Hans --init-missing --no-fuzzy-matching --ignore-pot-creation-date
	@rm config/locale/django.pot
	@$(MAKE) --no-print-directory catalogues

.PHONY: catalogues
catalogues: $(CATALOGUES)

.PHONY: lock
lock: $(if $(wildcard $(DEV)),,$(DEV)) ## Pin every dependency with its hashes, from pyproject.toml: UPGRADE=1 for the newest
	@printf 'Locking dependencies\n'
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	@$(subst pip compile pyproject.toml,pip compile --group node,$(COMPILE)) --output-file requirements-node.lock
	@! grep -n '://' requirements.lock requirements-dev.lock requirements-node.lock

.PHONY: audit
audit: $(DEV) ## Known holes in the dependencies (asks the network)
	@$(BIN) -m pip_audit --strict --disable-pip --require-hashes --requirement requirements-dev.lock

.PHONY: clean
clean: ## Remove what was made: the virtual environment, the app, caches, the demo's data in var/
	@rm -rf node_modules static/built .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .schemathesis var
	@rm -f config/locale/*/LC_MESSAGES/*.mo config/locale/*.pot
	@find accounts config dissuasion households tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- The virtual environment, made once -------------------------------------------------------------------------

# An environment whose interpreter has gone (Python upgraded or removed) is made again.
.venv/.made: $(if $(realpath $(BIN)),,again)
	@$(FIND_PYTHON); \
	printf 'Making the virtual environment with %s\n' "$$($$python --version)"; \
	$$python -m venv --clear .venv && touch $@

.PHONY: again
again:

$(RUNTIME): .venv/.made requirements.lock
	@$(call install,requirements.lock)
	@touch $@

# The development lock holds everything of the runtime lock, in the same versions.
$(DEV): .venv/.made requirements-dev.lock requirements.lock
	@$(call install,requirements-dev.lock)
	@touch $(RUNTIME) $@

# --- The phone's app ----------------------------------------------------------------------------------------------

$(BUILT): $(SOURCES) $(MODULES)
	@$(find_node); printf "Building the phone's app\n"; said=$$(mktemp); \
	npm run --silent build >"$$said" 2>&1 || { cat "$$said" >&2; rm -f "$$said"; exit 1; }; rm -f "$$said"
	@touch $@

$(MODULES): package-lock.json | .venv/.made
	@$(call install_modules,--omit=dev)
	@touch $@

# The development modules hold everything of the others.
$(DEV_MODULES): package-lock.json | .venv/.made
	@$(call install_modules,)
	@touch $(MODULES) $@

%.mo: %.po | $(RUNTIME)
	@$(BIN) -m babel.messages.frontend --quiet compile --input-file $< --output-file $@

# The first of these that runs, is new enough and can make environments; else a sentence that says what to install.
define FIND_PYTHON
python=; bare=; \
for candidate in $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	if "$$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then python=$$candidate; break; fi; \
	bare=$${bare:-$$candidate}; \
done; \
if [ -z "$$python" ] && [ -n "$$bare" ]; then \
	printf '%s is here but cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv\n' "$$bare" >&2; \
	exit 1; \
elif [ -z "$$python" ]; then \
	printf 'Doorstep needs Python 3.11 or later. On Debian and Ubuntu: apt install python3 python3-venv; ' >&2; \
	printf 'on macOS: brew install python; elsewhere: python.org. Already there? make PYTHON=/path/to/python3\n' >&2; \
	exit 1; \
fi
endef

# pip's chatter as one moving line: how many of the lock's packages it has fetched, then that it unpacks them.
define install
failed=.venv/.failed; rm -f $$failed; bar=; [ -t 1 ] && bar=1; \
total=$$(grep -c '^[a-z].*==' $(1)); \
printf 'Installing %s packages from $(1) (once)\n' "$$total"; \
{ $(BIN) -m pip install --disable-pip-version-check --no-input --progress-bar off --require-hashes \
	--requirement $(1) || touch $$failed; } | awk -v total="$$total" -v bar="$$bar" ' \
	function show(text) { if (bar) { printf "\r\033[K%s", text; fflush() } } \
	/^(Collecting|Requirement already satisfied)/ { \
		n++; if (n > total) n = total; line = ""; for (i = 0; i < 30; i++) line = line (i * total < n * 30 ? "#" : "."); \
		name = $$1 == "Collecting" ? $$2 : $$4; sub(/[=;].*/, "", name); \
		show(sprintf("  [%s] %d/%d %s", line, n, total, name)) } \
	/^Installing collected packages/ { show("  unpacking") } \
	END { show("") }'; \
if [ -e $$failed ]; then \
	printf 'Could not install %s: the reason stands above. Run the same command again to try again.\n' '$(1)' >&2; \
	exit 1; \
fi
endef

# Node of the machine where it is new enough for Vite, else the wheel, installed once beside Python.
define find_node
new_enough() { command -v npm >/dev/null && \
	node -e 'const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' >/dev/null 2>&1; }; \
if ! new_enough; then \
	PATH="$(CURDIR)/.venv/bin:$$PATH"; export PATH; \
	if ! new_enough; then \
		printf 'There is no Node 20.19 or later here: a copy goes into .venv (once)\n'; \
		$(BIN) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
			--requirement requirements-node.lock && new_enough || { printf 'Could not install Node. %s\n' \
			'Install Node 22 or later yourself (on Debian and Ubuntu: apt install nodejs npm), then run this again.' >&2; \
			exit 1; }; \
	fi; \
fi
endef

define install_modules
$(find_node); printf 'Installing packages from package-lock.json (once)\n'; \
said=$$(mktemp); npm ci --loglevel=error $(1) >"$$said" 2>&1 || { cat "$$said" >&2; rm -f "$$said"; \
	printf 'Could not install them: the reason stands above. Run the same command again to try again.\n' >&2; \
	exit 1; }; rm -f "$$said"
endef

# CHROMIUM, or the first of these on the PATH; root on Debian gets it installed.
define find_chromium
installed_chromium() { for name in "$$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do \
	command -v "$$name" 2>/dev/null && return; done; return 1; }; \
if ! CHROMIUM=$$(installed_chromium); then \
	if [ "$$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then \
		printf 'Installing Chromium, in which the app is tested\n'; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			chromium fonts-noto-cjk; } >/dev/null; \
	fi; \
	CHROMIUM=$$(installed_chromium) || { printf '%s\n' 'The tests need Chromium. On Debian: apt install chromium fonts-noto-cjk; \
elsewhere install Chromium or Chrome. Already there? make test CHROMIUM=/path/to/it' >&2; exit 1; }; \
fi; \
export CHROMIUM
endef

# Vite beside the server: whichever way this ends, both end.
define BESIDE_VITE
$(find_node); node_modules/.bin/vite & vite=$$!; \
VITE=1 RELOAD=1 PORT=$(or $(PORT),8000) $(BIN) -m config.server & server=$$!; \
trap 'kill $$vite $$server 2>/dev/null; wait' EXIT; trap 'exit 130' INT; trap 'exit 143' TERM; \
wait $$server
endef

# The phone's tables and types, made from Python into a folder; the server itself sends the schema from there.
define write_types
$(BIN) manage.py app_tables --folder $(1) && \
$(BIN) manage.py spectacular --format openapi-json --file $(1)/openapi.json && \
node_modules/.bin/openapi-typescript $(1)/openapi.json --output $(1)/api.d.ts >/dev/null
endef

COMPILE = UV_CUSTOM_COMPILE_COMMAND='make lock' $(BIN) -m uv pip compile pyproject.toml --quiet --universal \
	--python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	$(if $(UPGRADE),--upgrade)

# --- The checks, each a line with its time; all of them run, then the word fails if one did ---------------------

THROW_AWAY = DEBUG=0 ALLOWED_HOSTS=doorstep.example SECRET_KEY=$$(key 64) FIELD_KEYS=k1:$$(key 32) INDEX_KEY=$$(key 32) \
	GATEWAYS=docs/gateways.example.json TEXT_SECRET=$$(key 32) TEXT_REPORT_SECRET=$$(key 32) VOICE_TOKEN=$$(key 32)

define CHECK
key() { $(BIN) -c "import base64, secrets; print(base64.b64encode(secrets.token_bytes($$1)).decode())"; }; \
failed=; scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
step() { \
	name=$$1; shift; printf '  %-44s' "$$name"; begun=$$(date +%s); \
	if "$$@" >"$$scratch/said" 2>&1; then printf 'ok     %3d s\n' $$(($$(date +%s) - begun)); \
	else printf 'FAILED %3d s\n\n' $$(($$(date +%s) - begun)); cat "$$scratch/said"; printf '\n'; failed="$$failed, $$name"; fi; \
}; \
unset DATABASE_URL REDIS_URL; export STATE_DIR="$$scratch"; \
step 'ruff: rules' $(BIN) -m ruff check .; \
step 'ruff: format' $(BIN) -m ruff format --check .; \
step 'mypy: types' $(BIN) -m mypy; \
step 'import-linter: arrows of the house' $(BIN) -c \
	'from importlinter.cli import lint_imports_command as lint; lint()' --no-logo --cache-dir .import_linter_cache; \
step 'migrations: none missing' $(BIN) manage.py makemigrations --check --dry-run; \
step 'schema: valid, no warnings' $(BIN) manage.py spectacular --validate --fail-on-warn --file "$$scratch/schema.yml"; \
types_are_fresh() { \
	mkdir "$$scratch/types" && { $(call write_types,"$$scratch/types"); } && \
	for file in generated.ts names.ts openapi.json api.d.ts; do \
		diff -u static/shared/server/$$file "$$scratch/types/$$file" || { echo 'Run: make types'; return 1; }; \
	done; }; \
step 'biome: rules and format of TypeScript' npm run --silent lint; \
step 'dependency-cruiser: arrows of the apps' npm run --silent arrows; \
step 'tsc: types of the phone' npm run --silent types; \
step 'what the phone takes over: fresh' types_are_fresh; \
step 'deployment settings' env $(THROW_AWAY) $(BIN) manage.py check --deploy --fail-level WARNING; \
if [ -n "$$failed" ]; then printf '\nFailed: %s\n' "$${failed#, }" >&2; exit 1; fi
endef
