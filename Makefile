# Mulutong: what a developer types.
#
#   make run            open the desktop on the sample township; without a display,
#                       walk through the main job on the command line (into out/)
#   make desktop        build the desktop program into build/
#   make windows        build it for Windows
#   make windows-smoke  start that under wine and take a picture of it
#   make run-service    the review service with the demo city, on this machine
#   make test           everything that must hold, on a fresh machine too
#   make bench          the speed ratios, each beside its yardstick

SHELL := /bin/bash
GO ?= go
BIN := build/mulu
DESKTOP := build/mulutong
EXE := build/mulutong.exe

VERSION := $(shell sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)
LDFLAGS := -s -w -X mulutong/app/desktop.version=$(VERSION)

# X11 alone, since Wayland gives no Chinese input; our code touches widgets on the
# UI goroutine only, which is what migrated_fynedo asserts. The tests build the
# desktop with the same flags, so that they find it in the build cache.
DESKTOP_BUILD := CGO_ENABLED=1 $(GO) build -trimpath -tags x11,migrated_fynedo

GOFUMPT := $(GO) run mvdan.cc/gofumpt@v0.12.0
STATICCHECK := build/tools/staticcheck

WINRES := $(GO) run github.com/tc-hib/go-winres@v0.3.3

# What building and showing the desktop needs of the system: a C compiler, the
# headers of OpenGL and X11, and an OpenGL that works without a graphics card.
DESKTOP_PACKAGES := gcc libc6-dev pkg-config libgl-dev libx11-dev libxcursor-dev libxrandr-dev libxinerama-dev \
	libxi-dev libxxf86vm-dev libgl1-mesa-dri

# What only the tests need: LibreOffice opens the workbooks we write, gcc serves
# the race detector, strace shows the sync before the word, PostgreSQL keeps the
# review service's data; a display, a window manager and an input method for the
# walk through the desktop.
TEST_PACKAGES := gcc libc6-dev libreoffice-calc libreoffice-writer poppler-utils fonts-noto-cjk strace postgresql \
	xvfb openbox dbus-daemon fcitx5 fcitx5-pinyin fcitx5-modules xdotool xclip imagemagick x11-utils xdg-utils

WINDOWS_PACKAGES := gcc-mingw-w64-x86-64
SMOKE_PACKAGES := wine wine64 xvfb xdotool imagemagick

.PHONY: all run run-service desktop windows windows-smoke test lint unit race pictures window bench fuzz generate font go-deps deps test-deps clean

all: $(BIN) desktop

.PHONY: $(BIN)
$(BIN): go-deps
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o $@ ./app/cmd/mulu

desktop: deps
	$(DESKTOP_BUILD) -ldflags='$(LDFLAGS)' -o $(DESKTOP) .

run: $(BIN)
	@if [ -n "$$DISPLAY" ]; then \
	  $(MAKE) --no-print-directory desktop && app/desktop/sample.sh $(BIN) $(DESKTOP) out/desktop; code=$$?; \
	  [ $$code -eq 7 ] || exit $$code; \
	else echo '没有图形桌面（DISPLAY 没有设置），下面用命令行走一遍主要工作。'; fi; \
	app/cmd/mulu/sample/run.sh $(BIN) out

# The demo city stays in out/service; make clean takes it away.
run-service: $(BIN)
	@if [ -d out/service ]; then $(BIN) serve --data out/service; else $(BIN) serve --data out/service --demo; fi

windows: go-deps
	$(call install,$(WINDOWS_PACKAGES),Building for Windows)
	$(WINRES) simply --arch amd64 --manifest gui --icon assets/icon/icon.png --product-version $(VERSION).0 \
	  --file-version $(VERSION).0 --product-name 目录通 --file-description '目录通：基层政务公开标准目录' \
	  --original-filename mulutong.exe --copyright 'Mulutong authors, Apache-2.0'
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc \
	  $(GO) build -trimpath -tags migrated_fynedo -ldflags='$(LDFLAGS) -H windowsgui' -o $(EXE) . ; \
	  code=$$?; rm -f rsrc_windows_amd64.syso; exit $$code

windows-smoke: windows
	$(call install,$(SMOKE_PACKAGES),The smoke test)
	app/desktop/smoke/run.sh $(EXE) out/windows.png

# At the end it says how long each stage took.
STAGES := lint race pictures schedules window
test: test-deps
	@times=; for stage in $(STAGES); do began=$$SECONDS; \
	  $(MAKE) --no-print-directory $$stage; code=$$?; \
	  times+=$$(printf '%6d s  %s' $$((SECONDS - began)) $$stage)$$'\n'; \
	  [ $$code = 0 ] || break; done; printf '\n%s' "$$times"; exit $$code

# The tag ci takes Fyne's driver for tests, so that nothing here waits for cgo and
# OpenGL; what a system decides alone is looked at for that system.
lint:
	@GOBIN=$(CURDIR)/build/tools $(GO) install honnef.co/go/tools/cmd/staticcheck@v0.8.2
	@out=$$($(GOFUMPT) -l .) || exit 1; if [ -n "$$out" ]; then echo "gofumpt would change:"; echo "$$out"; exit 1; fi
	$(GO) vet -tags ci,uitrace,realwindow ./...
	GOOS=windows CGO_ENABLED=0 $(GO) vet -tags ci ./...
	$(STATICCHECK) -tags ci,uitrace,realwindow ./...
	GOOS=windows CGO_ENABLED=0 $(STATICCHECK) -tags ci ./app/desktop

unit: race pictures schedules window

# Everything under the race detector but the golden pictures, since painting takes
# ten times as long there; lint has vetted it.
race:
	$(GO) test -race -tags ci -vet=off -timeout 20m ./...

# What is left out above, without the race detector: the screens again, golden
# pictures and all, and the demo city.
pictures:
	$(GO) test -tags ci -vet=off ./app/ui/...
	$(GO) test -tags ci -vet=off ./app/demo

# Units, a service and lines between them of which everything fails that can. A
# schedule that went wrong is seen again by its seed; soak runs a million.
SCHEDULES ?= 10000
schedules:
	$(GO) test -tags ci -vet=off -run '^TestSchedules' -timeout 30m ./sync/client -schedules $(SCHEDULES) -sqlite-schedules 300

soak:
	$(GO) test -tags ci -vet=off -run '^TestSchedules' -timeout 0 -v ./sync/client -schedules 1000000 -sqlite-schedules 3000

# The built program in a real window.
window:
	$(GO) test -tags ci,realwindow,uitrace -run '^TestRealWindow' -timeout 15m -v ./app/desktop

# Each ratio stands beside its yardstick, both measured in this run; then how well
# entries of strangers' tables are matched with the templates.
bench: test-deps build/pouch/node_modules
	MULU_POUCH=$(CURDIR)/build/pouch $(GO) test -tags ci -run '^$$' -bench 'Ratio|MatchQuality' -benchtime 1x -timeout 30m ./app/headless ./templates ./app/ui/grid ./app/ui/entries ./sync/sqlstore
	$(GO) test -tags ci,realwindow,uitrace -run '^$$' -bench 'Ratio' -benchtime 1x -timeout 30m ./app/desktop

# The yardstick of the first sync: PouchDB and its server.
build/pouch/node_modules: app/headless/testdata/pouch/package.json
	$(if $(shell command -v npm),,$(call install,nodejs npm,The yardstick of the first sync))
	mkdir -p build/pouch && cp $< build/pouch/
	cd build/pouch && npm install --no-audit --no-fund --no-package-lock
	touch $@

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

go-deps:
	@$(GO) version >/dev/null || { echo "Go is needed: https://go.dev/dl/"; exit 1; }
	@$(GO) mod download

# install(PACKAGES, WHO) installs those Debian packages that are not there, or
# says which it would.
define install
@missing=; for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
if [ -n "$$missing" ]; then \
  if [ $$(id -u) = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo=sudo; else \
    echo "$(2) needs these packages; please install them:$$missing"; exit 1; fi; \
  echo "installing$$missing"; \
  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
fi
endef

deps: go-deps
	$(call install,$(DESKTOP_PACKAGES),Building the desktop program)

test-deps: deps
	$(call install,$(TEST_PACKAGES),Testing)

clean:
	rm -rf build out
