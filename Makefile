# make all      build the tools               make demo     real music, ordered, leaked, traced
# make check    build, lint and test          make bench    speed against flac, sha256sum, bare appends
# make install  under $(prefix)               make robustness  attacks on an open corpus
# make uninstall                              make fuzz     made-up pictures and films
# make completions  renew completions/

prefix ?= /usr/local
exec_prefix ?= $(prefix)
bindir ?= $(exec_prefix)/bin
datarootdir ?= $(prefix)/share
datadir ?= $(datarootdir)
mandir ?= $(datarootdir)/man

INSTALL ?= install
INSTALL_PROGRAM ?= $(INSTALL)
INSTALL_DATA ?= $(INSTALL) -m 644
SWIFT ?= swift

tools = \
  cs-order \
  cs-publish \
  ds-deliver \
  hs-store \
  ledger-enroll \
  ledger-pay \
  ledger-report \
  ledger-verify \
  shop-burn \
  wm-detect \
  wm-embed \
  wm-keygen
pages1 = $(wildcard man/*.1)
pages5 = $(wildcard man/*.5)
pages7 = $(wildcard man/*.7)
release = .build/release
static = .build-static/release

bash_folder = $(datadir)/bash-completion/completions
zsh_folder = $(datadir)/zsh/site-functions
fish_folder = $(datadir)/fish/vendor_completions.d

# What install writes and uninstall removes.
installed = \
  $(tools:%=$(bindir)/%) \
  $(pages1:man/%=$(mandir)/man1/%) \
  $(pages5:man/%=$(mandir)/man5/%) \
  $(pages7:man/%=$(mandir)/man7/%) \
  $(tools:%=$(bash_folder)/%) \
  $(tools:%=$(zsh_folder)/_%) \
  $(tools:%=$(fish_folder)/%.fish)

.PHONY: all check lint test install uninstall installcheck clean bench robustness demo completions
.PHONY: packages packages-build build-static
.DELETE_ON_ERROR:

all: packages-build
	for t in $(tools); do $(SWIFT) build -c release --product $$t || exit; done

packages:
	@tools/install-packages build test

packages-build:
	@tools/install-packages build

# The runner's summary is the last line: everything else comes first.
check: packages
	$(SWIFT) build --build-tests
	$(MAKE) lint installcheck
	$(SWIFT) test --skip-build --disable-xctest

lint:
	$(SWIFT) format lint --strict -r Package.swift Sources Tests Benchmarks
	mandoc -Tlint -Wwarning $(wildcard man/*)
	for f in completions/*.bash; do bash -n $$f || exit; done
	for f in completions/_*; do zsh -n $$f || exit; done
	for f in completions/*.fish; do fish --no-execute $$f || exit; done
	sh -n tools/install-packages tools/completions tools/demo .ci/run

# With its own library of Swift inside, a tool runs where no Swift is.
build-static: packages-build
	for t in $(tools); do \
	  $(SWIFT) build -c release --static-swift-stdlib --scratch-path .build-static \
	    -Xlinker -s --product $$t || exit; \
	done

install: build-static
	@$(MAKE) --no-print-directory install-files from=$(static)

# Without building, from the folder `from`.
.PHONY: install-files
install-files:
	$(INSTALL) -d $(sort $(dir $(addprefix $(DESTDIR),$(installed))))
	$(INSTALL_PROGRAM) $(tools:%=$(from)/%) $(DESTDIR)$(bindir)
	$(INSTALL_DATA) $(pages1) $(DESTDIR)$(mandir)/man1
	$(if $(pages5),$(INSTALL_DATA) $(pages5) $(DESTDIR)$(mandir)/man5)
	$(if $(pages7),$(INSTALL_DATA) $(pages7) $(DESTDIR)$(mandir)/man7)
	for t in $(tools); do \
	  $(INSTALL_DATA) completions/$$t.bash $(DESTDIR)$(bash_folder)/$$t && \
	  $(INSTALL_DATA) completions/_$$t $(DESTDIR)$(zsh_folder)/_$$t && \
	  $(INSTALL_DATA) completions/$$t.fish $(DESTDIR)$(fish_folder)/$$t.fish || exit; \
	done

uninstall:
	rm -f $(addprefix $(DESTDIR),$(installed))

# What install-files writes is a list of files that uninstall leaves nothing of.
installcheck:
	@set -e; d=$$(mktemp -d); trap 'rm -rf "$$d"' EXIT; \
	$(MAKE) -s install-files from=.build/debug DESTDIR=$$d prefix=/usr > /dev/null; \
	(cd $$d && find . -type f | cut -c 2- | sort) > $$d.installed; \
	$(MAKE) -s --no-print-directory print-installed prefix=/usr | sort | cmp - $$d.installed; \
	$(MAKE) -s uninstall DESTDIR=$$d prefix=/usr > /dev/null; \
	rm -f $$d.installed; test -z "$$(find $$d -type f)"

.PHONY: print-installed
print-installed:
	@printf '%s\n' $(installed)

completions:
	$(SWIFT) build
	tools/completions .build/debug completions

demo: all
	@tools/install-packages build test
	tools/demo $(release)

bench: all
	@tools/install-packages build test measure
	$(SWIFT) build -c release --product _ledger-append
	Benchmarks/speed $(release)
	Benchmarks/ledger/measure $(release)
	$(SWIFT) build -c release --product _splice
	Benchmarks/splice/measure $(release)
	Benchmarks/delivery/measure $(release)
	Benchmarks/delivery/kills $(release)
	Benchmarks/home/play $(release)
	Benchmarks/home/serve $(release)
	Benchmarks/shop/measure $(release)
	Benchmarks/shop/kills $(release)

robustness: all
	@tools/install-packages build test measure
	Benchmarks/robustness $(release)

# Two minutes for each parser of pictures and film.
.PHONY: fuzz
fuzz: packages
	Tests/Fuzz/run

clean:
	rm -rf .build .build-static .build-fuzz
