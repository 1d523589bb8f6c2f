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

bench: ## what it costs, beside peers in the same run (half an hour; BENCH_FACTS, BENCH_ROWS, BENCH_JOINS make it less)
	bench/run.sh

lint: ## formatting and lints only
	scripts/lint.sh

.PHONY: help build run test bench lint
