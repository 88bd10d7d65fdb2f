# Mulutong: what a developer types.
#
#   make run    build, and run the main job on the sample township (into out/)
#   make test   everything that must hold, on a fresh machine too
#   make bench  the speed ratios, each beside its yardstick

SHELL := /bin/bash
GO ?= go
BIN := build/mulu

GOFUMPT := $(GO) run mvdan.cc/gofumpt@v0.12.0
STATICCHECK := $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2

# What only the tests need of the system: LibreOffice opens the workbooks we
# write, gcc serves the race detector, strace shows the sync before the word.
TEST_PACKAGES := gcc libc6-dev libreoffice-calc libreoffice-writer poppler-utils fonts-noto-cjk strace

.PHONY: all run test lint unit bench fuzz generate font deps test-deps clean

all: $(BIN)

.PHONY: $(BIN)
$(BIN): deps
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o $@ ./app/cmd/mulu

run: $(BIN)
	@app/cmd/mulu/sample/run.sh $(BIN) out

test: test-deps lint unit

lint:
	@out=$$($(GOFUMPT) -l .) || exit 1; if [ -n "$$out" ]; then echo "gofumpt would change:"; echo "$$out"; exit 1; fi
	$(GO) vet ./...
	$(STATICCHECK) ./...

unit:
	$(GO) test -race -timeout 20m ./...

# Each ratio stands beside its yardstick, both measured in this run; then how well
# entries of strangers' tables are matched with the templates.
bench:
	$(GO) test -run '^$$' -bench 'Ratio|MatchQuality' -benchtime 1x -timeout 30m ./app/headless ./templates

# Every reader of strangers' input, a minute each: make fuzz FUZZTIME=1m
FUZZTIME ?= 1m
fuzz:
	@set -e; for pkg in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "$$f in $$pkg"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5x $$pkg; \
	  done; done

generate:
	$(GO) generate ./...

# The program's fonts anew from Debian's; only after new characters came in, or for
# another version. The result is committed.
font:
	assets/font/build.py

deps:
	@$(GO) version >/dev/null || { echo "Go is needed: https://go.dev/dl/"; exit 1; }
	@$(GO) mod download

test-deps: deps
	@missing=; for p in $(TEST_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  if [ $$(id -u) = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo=sudo; else \
	    echo "The tests need these packages; please install them: $$missing"; exit 1; fi; \
	  echo "installing$$missing"; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

clean:
	rm -rf build out
