# The habits of this project. Each is one script or one command, so that it can be run without make too.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup demo test test-pg bugs soak load abuse bench check fmt shots lock

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

soak: ## Prove at length what the tests prove in short, on both databases; takes hours.
	@scripts/soak

load: ## Let many people look, search and buy for half an hour, and measure; on a quiet machine.
	@scripts/load

abuse: ## Let false accounts push ideas, and measure how far they move them; some minutes.
	@scripts/abuse

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
