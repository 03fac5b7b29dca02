# Targets of Samråd. `make` alone lists them.

export CGO_ENABLED := 0
GO      := go
ASSETS  := templates/assets
STATIC  := $(GO) tool staticcheck
PG      := .ci/postgres
LINT    := forum/api/testdata/lint
# Stores, and what rules do when several act at once, are also run with the race detector.
RACED   := ./policies ./forum/store/... ./forum/files ./governance/store/...
AT_ONCE := AtOnce|OneOfMany

.DEFAULT_GOAL := help
.PHONY: help run build test check bench shots soak fuzz db golden

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## build, and serve the demonstration at http://127.0.0.1:8080
	bin/samraad serve --demo

build: $(ASSETS)/dist/site.css ## build bin/samraad with its pages' styles and scripts
	$(GO) build -trimpath -ldflags '-s -w' -o bin/samraad ./cmd/samraad

# Styles and scripts come from npm by the lock file and are built into the binary.
$(ASSETS)/dist/site.css: $(ASSETS)/package-lock.json $(ASSETS)/build.mjs $(ASSETS)/site.css $(ASSETS)/site.js $(wildcard $(ASSETS)/css/* $(ASSETS)/js/*)
	.ci/need node=nodejs npm=npm
	npm ci --prefix $(ASSETS) --no-audit --no-fund --loglevel=error
	npm run build --prefix $(ASSETS) --silent
	touch $@

test: build ## run every test; PostgreSQL and what else they need is started or installed
	.ci/need node=nodejs npm=npm gcc=gcc chromium=chromium '/usr/lib/postgresql/*/bin/initdb=postgresql' \
		/usr/lib/python3/dist-packages/icalendar/__init__.py=python3-icalendar /usr/include/libical/ical.h=libical-dev vdirsyncer=vdirsyncer curl=curl \
		/usr/lib/python3/dist-packages/dkim/__init__.py=python3-dkim /usr/lib/python3/dist-packages/nacl/__init__.py=python3-nacl \
		pdftotext=poppler-utils soffice=libreoffice-writer-nogui /usr/lib/libreoffice/program/libsclo.so=libreoffice-calc-nogui
	npm ci --prefix $(LINT) --ignore-scripts --no-audit --no-fund --loglevel=error
	@folder=$$(mktemp -d) && trap '$(PG) stop '$$folder EXIT && \
	url=$$($(PG) start $$folder) && export SAMRAAD_TEST_POSTGRES=$$url && \
	$(GO) test -timeout 25m ./... && \
	CGO_ENABLED=1 $(GO) test -race -timeout 25m $(RACED) && \
	CGO_ENABLED=1 $(GO) test -race -timeout 25m -run '$(AT_ONCE)' ./forum ./governance

check: ## formatting, vet, staticcheck, fresh generated files, tidy go.mod
	@test -z "$$(gofmt -l .)" || { echo 'not formatted (gofmt -w):'; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(STATIC) ./...
	$(GO) tool templ generate -path templates >/dev/null 2>&1
	@test -z "$$(git status --porcelain -- '*_templ.go')" || { echo 'generated pages are stale: commit what make check made'; exit 1; }
	$(GO) mod tidy -diff

bench: ## measure the program against named others; the table is kept in cmd/samraad/bench
	.ci/need /usr/sbin/postfix=postfix radicale=radicale
	$(GO) run ./cmd/samraad/bench -o cmd/samraad/bench/table.txt
	$(GO) test -run '^$$' -bench . -count 5 ./policies ./forum/print

shots: build ## write a picture of every page, and some as they print, to ./shots; LANGUAGES=nn,nb,en and SCHEMES=both write more
	.ci/need node=nodejs npm=npm chromium=chromium pdftotext=poppler-utils soffice=libreoffice-writer-nogui
	rm -rf shots
	SAMRAAD_SHOTS=$(CURDIR)/shots SAMRAAD_LANGUAGES=$(LANGUAGES) SAMRAAD_SCHEMES=$(SCHEMES) \
		$(GO) test -timeout 60m -count 1 -run 'TestEveryPage|TestPrint$$' ./cmd/samraad

soak: build ## kill the server 100 times while it sends, and while it takes mail; look at every page in every language, light and dark
	@folder=$$(mktemp -d) && trap '$(PG) stop '$$folder EXIT && \
	url=$$($(PG) start $$folder) && export SAMRAAD_TEST_POSTGRES=$$url && \
	SAMRAAD_KILLS=100 $(GO) test -timeout 60m -count 1 -run 'TestKilledServerLosesNothing|TestKilledServerKeepsMail' -v ./cmd/samraad && \
	SAMRAAD_LANGUAGES=nn,nb,en SAMRAAD_SCHEMES=both $(GO) test -timeout 90m -count 1 -run TestEveryPage -v ./cmd/samraad

fuzz: ## fuzz every parser of outside bytes for a minute each
	$(GO) test ./forum/calendar -run '^$$' -fuzz FuzzRead -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/mail -run '^$$' -fuzz FuzzUnderstand -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/mail -run '^$$' -fuzz FuzzProve -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/mail -run '^$$' -fuzz FuzzTNEF -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/mail -run '^$$' -fuzz FuzzOwnWords -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/mail -run '^$$' -fuzz FuzzKeyWords -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/mail -run '^$$' -fuzz FuzzProposal -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/web -run '^$$' -fuzz FuzzPaperName -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/web -run '^$$' -fuzz FuzzTicket -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/web -run '^$$' -fuzz FuzzClient -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/print -run '^$$' -fuzz FuzzBind -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/reading -run '^$$' -fuzz FuzzExtract -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/reading -run '^$$' -fuzz FuzzParts -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/members -run '^$$' -fuzz FuzzRead -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./forum/store -run '^$$' -fuzz FuzzShape -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./governance/mail -run '^$$' -fuzz FuzzReportWord -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./governance/mail -run '^$$' -fuzz FuzzMinutesSaying -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./governance/mail -run '^$$' -fuzz FuzzRatificationWords -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./governance/web -run '^$$' -fuzz FuzzSheet -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./templates/docx -run '^$$' -fuzz FuzzEveryTextGivesWellFormedParts -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./policies -run '^$$' -fuzz FuzzParse -fuzztime 60s -fuzzminimizetime 20x
	$(GO) test ./cmd/samraad/area -run '^$$' -fuzz FuzzRead -fuzztime 60s -fuzzminimizetime 20x

db: ## start a private PostgreSQL in ./var/postgres and print how to use it
	@echo "SAMRAAD_DB=$$($(PG) start var/postgres) make run    # stop it with: $(PG) stop var/postgres"

golden: ## write the golden files of mails, calendars, feeds, papers and readings again
	$(GO) test ./templates ./forum/calendar ./forum/mail ./forum/print ./forum/web ./governance/mail -update
