# Carillon's commands. `make run` and `make test` each work alone on a fresh Debian 12 with a Swift 6
# toolchain: what is missing is installed by name first, as root or through sudo.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PREFIX ?= /usr/local
DESTDIR ?=
RUN_HOURS ?=
RUN_SEED ?= 7
CLIENTS ?=
CASES ?=
SLOW ?=
LANES ?=
LONG ?=
SOAK ?= 200000
export SLOW PREFIX DESTDIR RUN_HOURS RUN_SEED RUN_HOME FILTER VERBOSE CONFIRM

# The Swift runtime is linked in: the program starts sooner and needs no toolchain where it is installed.
release := -c release --product carillon --static-swift-stdlib
program := $(CURDIR)/.build/release/carillon

.PHONY: help run crash test test-install bench prove proven lint cases attack soak tsan bench-exchange check-providers clients units build drills packages install uninstall clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 26

run: build ## a day of trading, paper money on the embedded market (RUN_HOURS, RUN_SEED, RUN_HOME)
	@.ci/demo $(program)

crash: build ## four days in which the made-up market falls by a third, and what the bot does (RUN_SEED, RUN_HOME)
	@.ci/demo $(program) --crash

test: packages ## all tests (FILTER=name for some of them, VERBOSE=1 for every line)
	@echo "building the tests"
	@.ci/build --build-tests --traits Drills
	@.ci/test

test-install: build ## install and uninstall into a scratch folder, and the units' own checks
	@Tests/Install/install_test.sh $(program)
	@Tests/Install/units_test.sh $(program)

bench: build ## speeds beside a calibration loop
	@Tests/Benchmarks/lab.sh $(program)
	@Tests/Benchmarks/run.sh $(program)

prove: build ## backtests against the bot's own engine, over all real candles beside this repository
	@Tests/Rehearsal/real.sh $(program)

proven: build ## runs whose trades and journals are known, to the last byte (demos, and journals of earlier versions gone on with)
	@Tests/Proven/proven.sh $(program)

lint: ## the form of every file, as .swift-format says it; `swift format -i -r Sources Tests Package.swift` sets it
	@swift format lint --strict --recursive --parallel Sources Tests Package.swift
	@echo "lint: nothing to say"

cases: build ## small inputs beside this repository that once went wrong (CASES="05 12" for some, SLOW=1 for those of minutes)
	@.ci/packages sqlite3 gcc libc6-dev python3
	@Tests/Cases/run.sh $(program) $(CASES)

attack: build drills ## kills at every commit and at random, many copies, full disks, each against an unkilled twin (LANES, LONG=1)
	@.ci/packages gcc libc6-dev python3
	@python3 -B Tests/Attack/attack.py --drill $(CURDIR)/.build/debug/carillon $(if $(LONG),--long) $(program) $(LANES)

soak: packages ## three processes commit while a fourth copies the log, 200,000 commits (SOAK)
	@.ci/build --build-tests --traits Drills
	@CARILLON_SOAK=$(SOAK) swift test --skip-build --disable-xctest --traits Drills --filter SoakTests

bench-exchange: build ## orders and cancels a second on the exchange on loopback, from one client process
	@Tests/Benchmarks/exchange.sh $(program)

check-providers: packages ## panel and Telegram against the fake services beside this repository
	@for check in Tests/Providers/*.sh; do echo "$$check"; "$$check"; done

clients: build ## client libraries of others against the exchange on loopback (CLIENTS="ccxt python-binance binance-connector")
	@python3 -c 'import ensurepip, venv' 2>/dev/null || .ci/packages python3 python3-venv
	@Tests/Clients/check.sh $(program) $(CLIENTS)

tsan: packages ## what shares memory between threads by hand (@unchecked Sendable), under the thread sanitizer: some ten minutes
	@.ci/build --build-tests --sanitize=thread --scratch-path .build-tsan
	@TSAN_OPTIONS="suppressions=$(CURDIR)/Tests/tsan.supp" swift test --skip-build --disable-xctest --sanitize=thread --scratch-path .build-tsan \
	    --filter 'HTTPClientTests|StoreTests|CandleStoreTests|BacktestTests|SigningTests'

units: build ## render the systemd units with the built path and let systemd judge them
	@Tests/Install/units_test.sh $(program)

build: packages
	@echo "building carillon (release)"
	@.ci/build $(release)

# The program as tests kill it, and none that is installed.
drills: packages
	@echo "building carillon with its drills (debug)"
	@.ci/build --product carillon --traits Drills

packages:
	@.ci/packages
	@.ci/toolchain

install: ## program, configuration, user and systemd timers, as root (PREFIX, DESTDIR)
	@systemd/install.sh $(program)

uninstall: ## names open positions, then removes program and units; keeps state, logs and configuration
	@systemd/uninstall.sh

clean: ## everything that was built
	rm -rf .build
