# Masugata. `make help` lists the targets. Only Swift and apt have to be there: what else is needed is installed
# (Debian packages, named as they are installed).

# Debian has no Swift runtime, so it is linked in; its other libraries are searched where Debian has them.
SWIFT_BUILD = swift build -c release --static-swift-stdlib --disable-local-rpath
BINARIES = $(CURDIR)/.build/release

# The crash reporter of Swift would start a program; a crash is a crash.
export SWIFT_BACKTRACE = enable=no

.DEFAULT_GOAL = build
.PHONY: build demo test bench fuzz format install-dependencies clean help

build: ## build all executables for release, in .build/release
	@scripts/require build
	@$(SWIFT_BUILD)
	@scripts/check-binaries $(BINARIES)

demo: build ## run the whole appliance on loopback, with a guided tour
	@scripts/require demo
	@demo/run

test: build ## run every test, those of the release executables too
	@scripts/require test
	@MASUGATA_BINARIES=$(BINARIES) swift test

bench: build ## compare with nginx and HAProxy, count instructions, compile a large policy (BENCH="plain --rounds 3": the first)
	@scripts/require bench
	@bench/run $(BENCH)
	$(if $(BENCH),,@bench/instructions && bench/compile)

fuzz: ## try inputs on every parser, with sanitizers, each target for FUZZ_SECONDS (60)
	@scripts/require build
	@fuzz/run

format: ## write the sources in the style of .swift-format
	@swift format --in-place --recursive Sources Tests Package.swift

install-dependencies: ## install the Debian packages that any of the targets needs
	@scripts/require build test demo bench

clean: ## remove what was built
	@swift package clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 24
