# The front door: `make demo` shows Longshore at work, `make test` is all that CI runs.

# The AWS clients that scripts/setup installs where the machine has none.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

# A build from nothing is quicker without what only the next build would use.
export CARGO_INCREMENTAL ?= 0

# The end-to-end tests run the binary that was built with the workspace, not one of their own.
WITH_BINARY = LONGSHORE_BIN=$${CARGO_TARGET_DIR:-$(CURDIR)/target}/debug/longshore

.PHONY: demo test setup images fmt lint deny

demo: images
	cargo build --release
	scripts/demo

test: images
	cargo fmt --all --check
	$(MAKE) --no-print-directory lint
	cargo build --workspace --bins --tests
	@if cargo nextest --version >/dev/null 2>&1; then \
		echo cargo nextest run --workspace; $(WITH_BINARY) cargo nextest run --workspace; \
	else \
		echo cargo test --workspace; $(WITH_BINARY) cargo test --workspace; \
	fi

setup:
	scripts/setup

images: setup
	scripts/images

fmt:
	cargo fmt --all

lint:
	cargo clippy --workspace --all-targets -- -D warnings
	@if cargo deny --version >/dev/null 2>&1; then $(MAKE) --no-print-directory deny; fi

# Advisories need a database from the network, so they are not part of this.
deny:
	cargo deny check bans licenses sources
