# The few commands a person needs. `make run` starts Niangjia with demo data; `make test` proves that it holds.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

help: ## these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: ## the program with its web pages inside, optimised
	scripts/web.sh build
	cargo build --release --locked -p niangjia

run: build ## builds everything and starts with demo data at http://127.0.0.1:8080
	target/release/niangjia serve --demo

test: ## installs what the tests need, then formatting, lints, unit, storage, HTTP and browser tests
	scripts/test.sh

faults: ## kills the program 200 times on each database, stops databases, fills disks: nothing may be lost (SEED=…)
	cargo build --locked -p niangjia
	tests/faults/run.sh all

load: ## two thousand phones at an event for ten minutes (PHONES, SECONDS, KIND=SQLite or PostgreSQL)
	cargo build --release --locked -p niangjia
	NIANGJIA_TEST_PROGRAM=$(CURDIR)/target/release/niangjia node tests/load/load.js

rush: ## two thousand phones at once for sixteen hundred meals (PHONES, PIECES, SECONDS, KIND=SQLite or PostgreSQL)
	cargo build --release --locked -p niangjia
	NIANGJIA_TEST_PROGRAM=$(CURDIR)/target/release/niangjia node tests/load/rush.js

memory: ## the program's memory while a million members go into a file (ROWS, KIND=SQLite or PostgreSQL)
	cargo build --release --locked -p niangjia
	NIANGJIA_TEST_PROGRAM=$(CURDIR)/target/release/niangjia node tests/load/memory.js

bench: ## what it costs, beside peers in the same run (half an hour; BENCH_FACTS, BENCH_ROWS, BENCH_JOINS, BENCH_PLACES, BENCH_CLAIMS make it less)
	bench/run.sh

deb: build ## a Debian package in target/deb, with service unit, settings file and dashboard (try it: scripts/try-deb.sh PACKAGE)
	scripts/deb.sh

container: ## a container image named niangjia, by podman or docker
	$$(command -v podman || command -v docker) build -f Containerfile -t niangjia .

lint: ## formatting, lints, and what the dependencies are held to
	scripts/lint.sh

deny: ## licences, sources and known holes of the dependencies (part of lint)
	scripts/deny.sh

fuzz: ## ten minutes for each fuzz target (FUZZ_SECONDS says otherwise), nothing kept but what reaches further
	fuzz/run.sh

contract: ## the running program against its OpenAPI document, by schemathesis, as seven callers (CONTRACT_EXAMPLES each; an hour)
	cargo build --locked -p niangjia
	tests/contract/run.sh

.PHONY: help build run test faults load rush memory bench deb container lint deny fuzz contract
