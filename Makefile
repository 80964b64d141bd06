# `make check` is exactly what continuous integration runs (.ci/run).

CARGO ?= cargo
CORPORA ?=

.PHONY: check bless browser model bench

check:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	$(CARGO) test --workspace --locked
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked
	$(CARGO) deny --locked check licenses bans sources

# Rewrites the golden files and the examples in README.md; review the difference as code.
bless:
	POLEMIC_BLESS=1 TRYCMD=overwrite $(CARGO) test --workspace --locked

# Refits the default model: make model CORPORA=DIR (docs/FORMAT.md says what DIR holds).
model:
	@test -n "$(CORPORA)" || { echo "usage: make model CORPORA=DIR" >&2; exit 2; }
	$(CARGO) run --release --locked -- train --recipe models/default.toml \
		--corpora "$(CORPORA)" -o models/default.safetensors

bench:
	$(CARGO) bench --locked

# Opens reports made from data/ in a real browser; PICTURES=DIR keeps what it looks like.
browser:
	$(CARGO) build --locked
	cd tests/browser && npm install --no-package-lock --no-audit --no-fund --silent && \
		POLEMIC=target/debug/polemic npm test
