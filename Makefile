# `make help` lists the targets. Only `make deps` installs anything, and it prints what; `make demo` and `make test`, which
# set up a new machine, call it. The others check what they need, name the line to run, and stop.
.DEFAULT_GOAL := help
.PHONY: help deps demo build test differential lint format docs docs-check screenshots bench linear fuzz sanitize promises house house-report check-install check-formats reproducible sbom sums install uninstall clean
SHELL := /bin/bash
PREFIX ?= /usr/local
DESTDIR ?=
# What `make deps` installs for.
FOR ?= test
house := swift run --quiet --package-path Tools house-check

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

deps: ## Install from Debian and PyPI what the other targets need (FOR="build package test speech screenshots bench fuzz formats")
	@scripts/dependencies install $(FOR)

demo: ## Open the dashboard on 500 realistic keys from a local server, no account needed
	@$(MAKE) --no-print-directory deps FOR=build
	swift build --product apikeys-server
	swift build --product apikeys-tui
	@exec "$$(swift build --show-bin-path)/apikeys-tui" --demo

build: ## Build both programs, optimised
	@scripts/dependencies check build
	source Build/release-options && for program in apikeys-server apikeys-tui; do \
	  swift build "$${release[@]}" --product $$program || exit; done

test: ## Build everything and run the whole suite (FILTER='SomeTests|aTest' for some of it, VERBOSE=1 shows each test)
	@$(MAKE) --no-print-directory deps FOR=test
	swift build --build-tests
	swift test --skip-build --no-parallel $(if $(VERBOSE),,--quiet) --xunit-output .build/tests.xml $(if $(FILTER),--filter '$(FILTER)')
	@{ grep -ho '<skipped>[^<]*' .build/tests-swift-testing.xml || true; } | sort | uniq -c | sed 's/<skipped>/skipped: /'

differential: ## Hold 10,300 sessions against changing servers to the servers' true history (SEED=1 SEQUENCES=10000 REAL=300 FRONT=plain)
	@scripts/dependencies check test
	@Tests/Differential/run-differential

lint: ## Check formatting
	swift format lint --strict --recursive --parallel Sources Tests Fuzz/Targets Tools/Package.swift Tools/Sources Tools/Tests Package.swift

format: ## Format the sources in place
	swift format format --in-place --recursive --parallel Sources Tests Fuzz/Targets Tools/Package.swift Tools/Sources Tools/Tests Package.swift

docs: ## Regenerate keymap.md, promises.md, dependencies.md, the man pages and the completions
	@scripts/dependencies check build
	@scripts/generate-docs
	@$(house) promises
	@scripts/list-dependencies

docs-check: ## Fail if the generated documents are out of date
	@scripts/dependencies check build
	@scripts/generate-docs --check
	@$(house) promises --check
	@scripts/list-dependencies --check

screenshots: ## Take the pictures in screenshots/ from the real program in a real xterm
	@scripts/dependencies check screenshots
	@scripts/take-screenshots

bench: ## Measure, with a baseline in the same run and the ratio
	@scripts/dependencies check bench
	@Benchmarks/run-benchmarks

linear: ## Measure that work is linear in what comes from outside: CPU at N and 2N for each shape of input
	@scripts/dependencies check build
	source Build/release-options && swift build "$${release[@]}" --product apikeys-tui && \
	  python3 Benchmarks/linear.py "$$(swift build "$${release[@]}" --show-bin-path)"

fuzz: ## Fuzz with libFuzzer and AddressSanitizer (FUZZ_SECONDS=60 or FUZZ_RUNS=1000000 per target)
	@scripts/dependencies check fuzz
	@Fuzz/run-fuzzers

sanitize: ## Run the suite under AddressSanitizer, then ThreadSanitizer (SANITIZERS=address for one)
	@scripts/dependencies check test
	@scripts/run-sanitizers

check-install: ## Install under a new prefix, check how it was built, use what is there, and remove it again
	@scripts/dependencies check package
	@scripts/check-install

reproducible: ## Build twice in one folder, and list what differs (two whole release builds)
	@scripts/dependencies check package
	@scripts/check-reproducible

sbom: ## Write a bill of materials, CycloneDX 1.5, to dist/
	@scripts/list-dependencies --sbom dist/apikeys-tui.cdx.json

sums: sbom ## Build, and write SHA256SUMS of the programs and the bill of materials to dist/
	@scripts/dependencies check package
	@DESTDIR= scripts/install "$(CURDIR)/dist/root" >/dev/null
	@cp dist/root/bin/* dist/ && rm -r dist/root
	@cd dist && sha256sum apikeys-server apikeys-tui apikeys-tui.cdx.json >SHA256SUMS && cat SHA256SUMS

house: ## Count what CONTRIBUTING.md limits, over the syntax tree, and fail where a limit is passed
	@swift test --quiet --package-path Tools
	@$(house)

house-report: ## The same figures, without judging
	@$(house) --report

check-formats: ## Read exports back with LibreOffice, Python and renderers of Markdown (COUNT=2000 SEED=1)
	@scripts/dependencies check formats
	@Tests/Independent/check-formats

promises: ## Run the suite and print the table of promises: row, test, figure, result
	@scripts/dependencies check test
	swift build --build-tests
	@status=0; swift test --quiet --skip-build --no-parallel --xunit-output .build/promises.xml >.build/promises.log 2>&1 || \
	  { status=1; echo "The suite failed; the whole output is in .build/promises.log" >&2; }; \
	  $(house) promises --results .build/promises-swift-testing.xml --output .build/promises.log || status=1; exit $$status

install: ## Install programs, man pages and completions under PREFIX (default /usr/local)
	@scripts/dependencies check build
	@DESTDIR="$(DESTDIR)" scripts/install "$(PREFIX)"

uninstall: ## Remove what install put under PREFIX
	@DESTDIR="$(DESTDIR)" scripts/install --remove "$(PREFIX)"

clean: ## Remove what was built
	rm -rf .build .build-address .build-thread .build-fuzz .build-again Tools/.build
