#!/bin/sh
# Name the programs that some tests call and this machine lacks, and the command that installs them.
# The tests that need them are skipped; with CI=true nothing may be, so this ends in failure.
# `sh tools/needs.sh --packages` prints only the names of the missing Debian packages.
set -eu

packages=
lacks=
need() { # WHAT PACKAGE PROGRAM...
  what=$1 package=$2
  shift 2
  for program in "$@"; do
    if command -v "$program" >/dev/null 2>&1; then return 0; fi
  done
  packages="$packages $package"
  lacks="$lacks
  $what"
}

need "Chromium, for the tests in a real browser" chromium-headless-shell chromium-headless-shell
need "Chromium with a history, for the tests of leaving" chromium chromium
need "Redis, for the limits that several servers share" redis-server redis-server
need "LibreOffice, which opens the workbooks" libreoffice-calc soffice libreoffice
need "A reader of QR codes, which reads ours" zbar-tools zbarimg
need "A reader of PDF files, which reads what is printed" poppler-utils pdftotext
need "PSPP, which opens the SPSS files" pspp pspp
need "R, which runs the starter scripts" r-base-core Rscript
if [ ! -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]; then
  need "A font that Chromium draws the pages with" fonts-dejavu-core no-program-of-that-name
fi

if [ "${1:-}" = --packages ]; then
  printf '%s\n' $packages
elif [ -n "$packages" ]; then
  printf 'This machine lacks:%s\nInstall with: sudo apt-get install%s\n' "$lacks" "$packages" >&2
  if [ "${CI:-}" = true ]; then exit 1; fi
  echo "The tests that need them are skipped." >&2
fi
