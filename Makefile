# The habits of this project. Each is one script or one command, so that it can be run without make too.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup demo test test-pg bugs soak bench check fmt shots lock

help: ## List what can be done here.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: ## Make .venv with all that running, testing and checking need.
	@scripts/setup dev

demo: ## Open the demo town on http://127.0.0.1:8000, or on another port with PORT=8001.
	@scripts/demo

test: ## Run all tests on SQLite.
	@scripts/test

test-pg: ## Run all tests on a PostgreSQL of their own, which is removed afterwards.
	@scripts/test-pg

bugs: ## Plant known bugs in a copy, on both databases, and expect the tests to see each.
	@scripts/bugs
	@WITH=scripts/bugs scripts/test-pg

soak: ## Run the races, crashes and hostile words with large figures on both databases; takes hours.
	@RACE_ROUNDS=30 CHECKOUTS=1000 KILLS=50 SHUFFLES=200 ORDERS=1000 scripts/test tests/process
	@RACE_ROUNDS=30 CHECKOUTS=1000 KILLS=50 SHUFFLES=200 ORDERS=1000 scripts/test-pg tests/process
	@HOSTILE_PAGES=1000 scripts/test tests/browser/test_hostile_words.py

bench: ## Race the hall against django-oscar and measure what it costs; takes half an hour of a quiet machine.
	@scripts/bench

check: ## Check style, types, import contracts, templates, security and migrations.
	@scripts/check

fmt: ## Bring the Python code into shape.
	@scripts/fmt

shots: ## Take pictures of the demo's pages, narrow and wide, light and dark, into build/shots.
	@scripts/shots

lock: ## For maintainers: lock the newest versions that requirements*.in allow (needs uv).
	@scripts/lock
