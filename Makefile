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

bench: ## what it costs, beside peers, as ratios of one run (BENCH_FACTS facts, a million unless told)
	cargo run --release --locked --quiet -p bench

lint: ## formatting, lints, and what the dependencies are held to
	scripts/lint.sh

deny: ## licences, sources and known holes of the dependencies (part of lint)
	scripts/deny.sh

fuzz: ## ten minutes for each fuzz target (FUZZ_SECONDS says otherwise), nothing kept but what reaches further
	fuzz/run.sh

contract: ## the running program against its OpenAPI document, by schemathesis, as three callers (CONTRACT_EXAMPLES each)
	tests/contract/run.sh

.PHONY: help build run test bench lint deny fuzz contract
