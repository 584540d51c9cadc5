# The commands of the house. Everything they need beyond Rust, a C compiler, Python, Node and make is installed
# by the targets themselves.

CARGO ?= cargo
ENTENTE = target/release/entente

.PHONY: demo test corpus bench fmt lint build score clean help

help:
	@echo "make demo   build Entente and code the sample article"
	@echo "make test   run all tests"
	@echo "make bench  words per CPU-second, beside spaCy"
	@echo "make lint   formatting, clippy, licences and advisories"
	@echo "make fmt    format the sources"

build:
	$(CARGO) build --release --locked -p entente-cli

demo: build
	$(ENTENTE) code --format table examples/summit.txt --published 2024-03-14 --publication "The Harbour Gazette"

test: corpus
	@if $(CARGO) nextest --version >/dev/null 2>&1; then \
		$(CARGO) nextest run --workspace --locked; \
	else \
		$(CARGO) test --workspace --locked; \
	fi

# What the corpora hold is well formed.
corpus:
	python3 -m unittest discover --quiet -s corpus/events
	python3 corpus/events/check.py >/dev/null
	python3 corpus/names/check.py >/dev/null
	python3 corpus/happenings/check.py >/dev/null

fmt:
	$(CARGO) fmt --all

lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	@$(CARGO) deny --version >/dev/null 2>&1 || $(CARGO) install --locked cargo-deny
	$(CARGO) deny --workspace check bans licenses sources

bench: build
	$(MAKE) -C benches

clean:
	$(CARGO) clean
