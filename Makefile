# The commands of the house. Everything they need beyond Rust, a C compiler, Python, Node and make is installed
# by the targets themselves.

CARGO ?= cargo
ENTENTE = target/release/entente

.PHONY: demo serve web test test-web test-browser test-contract corpus bench fmt lint build score clean help

help:
	@echo "make demo   build Entente, code the sample article, and show what a year of made-up news adds up to"
	@echo "make serve  open the desk on that year, at http://127.0.0.1:8321/"
	@echo "make test   run all tests"
	@echo "make test-browser  every page of the desk in Chromium"
	@echo "make test-contract  the API against its OpenAPI document, with schemathesis"
	@echo "make bench  words per CPU-second, beside spaCy"
	@echo "make lint   formatting, clippy, licences and advisories"
	@echo "make fmt    format the sources"

build: web
	$(CARGO) build --release --locked -p entente-cli

# The pages of the desk, which the binary embeds. Its build script does not watch their folder, so it is told.
web: web/dist/index.html

web/dist/index.html: web/package-lock.json web/index.html $(shell find web/src web/public -type f)
	cd web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build
	touch crates/entente-server/build.rs

YEAR = target/year.entente

$(YEAR): build
	$(ENTENTE) ingest --ledger $(YEAR) examples/year

serve: $(YEAR)
	$(ENTENTE) serve --ledger $(YEAR)

demo: build $(YEAR)
	$(ENTENTE) code --format table examples/summit.txt --published 2024-03-14 --publication "The Harbour Gazette"
	$(ENTENTE) axes --ledger $(YEAR) --half-life 180 --certainty 0.3 --evidence 3 -n 2
	@echo "make serve opens the desk on this year of made-up news"

test: corpus test-web
	@if $(CARGO) nextest --version >/dev/null 2>&1; then \
		$(CARGO) nextest run --workspace --locked --no-fail-fast; \
	else \
		$(CARGO) test --workspace --locked; \
	fi

test-web:
	cd web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent check

# Every page in Debian's Chromium: on recorded answers, then on the program with the year of made-up news. Not part of
# `make test`: it may install Chromium, which needs root.
test-browser: $(YEAR)
	@command -v chromium >/dev/null || apt-get install --yes --no-install-recommends chromium
	cd web && npm test && npm run test:program

# What schemathesis thinks of, asked of the served demo year and held against the OpenAPI document.
test-contract: $(YEAR)
	crates/entente-server/tests/contract.sh $(ENTENTE) $(YEAR)

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
