# Parvis. `make` alone lists the targets; the first two are all that a newcomer needs.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.PHONY: help run said demo-trust test check deny demo paris screenshot guide bench bench-large lighthouse setup web build fmt fuzz clean tools

PARVIS := target/debug/parvis
PARIS_DATA ?= ../shared/data/paris

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  \033[1m%-10s\033[0m %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: said build ## Serve the demonstration territory on http://127.0.0.1:8600
	@mkdir -p var
	@[ -e var/demo.db ] || echo "3 of 3: the demonstration territory, its people and what they said (half a minute)"
	@[ -e var/demo.db ] || PARVIS_DATABASE=sqlite:var/demo.db $(PARVIS) demo
	@PARVIS_DATABASE=sqlite:var/demo.db PARVIS_NAME="$${PARVIS_NAME:-Val d’Aubrelle}" exec $(PARVIS) serve

demo-trust: build ## Play resident, moderator, agent, planner and administrator: letters at http://localhost:8600/demo/inbox
	@mkdir -p var
	@[ -e var/trust.db ] || PARVIS_DATABASE=sqlite:var/trust.db PARVIS_MEDIA=var/trust-media $(PARVIS) demo
	@echo "Boîte aux lettres de la démonstration / demo inbox: http://localhost:8600/demo/inbox"
	@PARVIS_DATABASE=sqlite:var/trust.db PARVIS_MEDIA=var/trust-media PARVIS_SECOND_FACTOR=false PARVIS_DEMO_INBOX=true PARVIS_PUBLIC_URL=http://localhost:8600 PARVIS_NAME="$${PARVIS_NAME:-Val d’Aubrelle}" exec $(PARVIS) serve

test: setup web tests/oidc/node_modules/.installed ## Run every test, on both databases, in a browser and with real clients
	@cargo build --workspace --all-targets
	@# The library's tests wait for databases more than they reckon; those of whole servers measure time, and run by themselves.
	@RUST_TEST_THREADS=$${RUST_TEST_THREADS:-4} tests/with-postgres cargo test --workspace --lib
	@tests/with-postgres cargo test --workspace --bins --bench '*' --test '*'
	@cargo test --workspace --doc
	@npm --prefix web test
	@PARVIS_BIN="$$PWD/$(PARVIS)" npm --prefix web run journeys

screenshot: setup build ## Take the README's picture anew, of the demonstration
	@PARVIS_BIN="$$PWD/$(PARVIS)" node --test tests/browser/readme.test.mjs
	@cp target/screenshots/readme.jpg docs/screenshot.jpg

guide: setup build ## Make the pictures of the guide for agents anew
	@PARVIS_BIN="$$PWD/$(PARVIS)" node --test tests/browser/guide.test.mjs
	@cp target/screenshots/guide-*.webp web/modules/about/pictures/

check: web ## Formatting, lints, types: what a review would refuse
	@# cargo fmt does not find the modules that a macro declares (src/modules/mod.rs).
	@rustfmt --edition 2024 --check $$(git ls-files "*.rs")
	@cargo clippy --workspace --all-targets -- -D warnings
	@npm --prefix web run check
	@if command -v cargo-deny >/dev/null; then $(MAKE) --no-print-directory deny; \
		else echo "SKIPPED: licences, bans and sources of the crates: cargo-deny is not installed (see make deny)"; fi

deny: ## Licences, bans, sources and known flaws of the crates (needs cargo-deny)
	@command -v cargo-deny >/dev/null || { echo "cargo-deny is missing: cargo install cargo-deny --locked"; exit 1; }
	@cargo deny --offline check licenses bans sources
	@if cargo deny fetch db >/dev/null 2>&1; then cargo deny check advisories; \
		else echo "SKIPPED: known flaws of the crates: the advisory database cannot be reached"; fi

paris: build ## Import real data of Paris from PARIS_DATA and serve it
	@[ -d "$(PARIS_DATA)" ] || { echo "PARIS_DATA=$(PARIS_DATA) is not there: say where the Paris files are"; exit 1; }
	@mkdir -p var
	@tests/paris "$(PARVIS)" "$(PARIS_DATA)" sqlite:var/paris.db
	@PARVIS_DATABASE=sqlite:var/paris.db PARVIS_NAME=Paris exec $(PARVIS) serve

bench: ## Benchmarks with their bars (1,000,000 features; takes minutes)
	@cargo bench --bench tiles
	@PARVIS_TEST_DURABLE=1 tests/with-postgres cargo bench --bench votes
	@command -v wrk >/dev/null || { echo "The HTTP bench needs wrk (Debian: apt-get install wrk)"; exit 1; }
	@tests/with-postgres cargo bench --bench http
	@tests/with-postgres cargo bench --bench reports

bench-large: ## The index alone with ten million points (needs 4 GB of memory)
	@cargo bench --bench tiles -- large

lighthouse: build tests/lighthouse/node_modules/.installed ## Lighthouse on the map's page, its weight, and its times on a slow line: medians of three
	@node tests/lighthouse/run.mjs
	@node tests/lighthouse/slow.mjs

tests/%/node_modules/.installed: tests/%/package-lock.json
	@cd tests/$* && npm ci --silent --no-fund --no-audit
	@touch $@

setup: ## Install what the tests need (Debian: by apt)
	@tests/setup

build: web ## Build the server and the pages' files
	@cargo build

# Only when a source changed: the server embeds these files, and would be compiled again.
WEB_SOURCES := $(shell find web/shared web/modules web/icons web/*.mjs web/*.json web/*.svg -type f)

web: tools web/dist/manifest.json ## Build the pages' files

web/dist/manifest.json: $(WEB_SOURCES) web/node_modules/.installed
	@npm --prefix web run --silent build
	@touch $@

web/node_modules/.installed: web/package-lock.json
	@cd web && npm ci --silent --no-fund --no-audit
	@touch $@

# What the first `make run` does, and how long: said once, before it begins.
said:
	@[ -e web/node_modules/.installed ] || echo "1 of 3: the pages' files (npm; a minute)"
	@[ -e $(PARVIS) ] || echo "2 of 3: the server (cargo; five to ten minutes on two cores; its bar says how far it is)"

tools:
	@command -v cargo >/dev/null || { echo "Rust is missing (1.95 or later): see rustup's page, or your distribution's rust package"; exit 1; }
	@command -v npm >/dev/null || { echo "Node.js is missing (20.19 or later): see its page, or your distribution's nodejs and npm packages"; exit 1; }

fmt: ## Format the Rust code
	@rustfmt --edition 2024 $$(git ls-files "*.rs")

fuzz: ## Fuzz the tile decoder and the geometry input (needs cargo-fuzz and a nightly toolchain)
	@cd tiles && cargo +nightly fuzz run decode -- -max_total_time=60
	@cd tiles && cargo +nightly fuzz run geometry -- -max_total_time=60

clean: ## Remove what was built; databases in var/ stay
	@cargo clean
	@rm -rf web/dist web/node_modules
