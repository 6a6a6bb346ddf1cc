#!/bin/sh
# Install what the site needs into .venv, node_modules, static/build and translations; with the word `dev`, what
# its checks and tests need too. A second run sees that nothing has changed and ends at once.
#
# pip is used plainly, so that a machine's own package index (pip.conf, PIP_INDEX_URL) holds here too.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd -P)
venv=$root/.venv

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }

# The name of a Python that is new enough, or nothing.
find_python() {
  for name in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
}

# Whether .venv is there, runs, and was made in this folder (its scripts name the folder).
venv_works() {
  "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
    head -n 1 "$venv/bin/pip" 2>/dev/null | grep -qF "$venv/bin/"
}

make_venv() {
  python=$(find_python)
  [ -n "$python" ] || stop "Engage needs Python 3.11 or newer, and there is none here." \
    "Install it: apt-get install python3 python3-venv"
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    stop "$python cannot make a virtual environment. Install what it lacks:" \
      "apt-get install python3-venv"
  say "Making a virtual environment with $("$python" --version) in .venv"
  "$python" -m venv --clear "$venv"
}

# `changed STAMP FILE...`: whether the files differ from what the stamp remembers.
changed() {
  stamp=$1
  shift
  [ "$(cat "$@" | cksum)" != "$(cat "$stamp" 2>/dev/null)" ]
}

remember() {
  stamp=$1
  shift
  cat "$@" | cksum >"$stamp"
}

# `install STAMP WHAT FILE`: bring .venv to a pinned list.
install() {
  changed "$1" "$3" || return 0
  say "Installing $2 (half a minute or so)"
  "$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --no-compile \
    --require-hashes --requirement "$3" ||
    stop "The packages could not be installed. Without a way to the package index, set" \
      "HTTPS_PROXY, or PIP_INDEX_URL for an index of your own, and try again."
  remember "$1" "$3"
}

node_works() {
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' 2>/dev/null &&
    npm --version >/dev/null 2>&1
}

fetch_front_end() {
  changed node_modules/.engage package.json package-lock.json || return 0
  if ! node_works; then
    install "$venv/.engage-node" "Node.js, as this machine has none from 18 on" \
      tools/requirements-node.txt
    PATH="$venv/bin:$PATH"
    node_works || stop "Node.js 18 or newer is needed: apt-get install nodejs npm"
  fi
  say "Fetching the front end"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2 ||
    stop "npm could not fetch the front end. Behind a proxy that opens TLS, set" \
      "NODE_EXTRA_CA_CERTS to its certificate, and try again."
  remember node_modules/.engage package.json package-lock.json
}

build_front_end() {
  set -- package-lock.json tools/vendor.py tools/mirror.py static/*.css static/*.js static/favicon.svg
  if changed static/build/.engage "$@" || [ ! -f static/build/manifest.json ]; then
    fetch_front_end
    "$venv/bin/python" -m tools.vendor >&2
    remember static/build/.engage "$@"
  fi
}

compile_translations() {
  set -- tools/translations.py engage/web/interface_texts.py translations/*/LC_MESSAGES/messages.po
  if changed translations/.engage "$@" || [ ! -f translations/ur/LC_MESSAGES/messages.mo ]; then
    "$venv/bin/python" -m tools.translations compile >&2
    remember translations/.engage "$@"
  fi
}

venv_works || make_venv
install "$venv/.engage-site" "the packages of the site" requirements.txt
[ "${1:-site}" != dev ] ||
  install "$venv/.engage-dev" "the packages of the checks and tests" requirements-dev.txt
build_front_end
compile_translations
[ "${1:-site}" != dev ] || fetch_front_end
