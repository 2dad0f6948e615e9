#!/usr/bin/env bash
# Prints the path of a Chromium on this machine. "ensure" brings one with apt-get first where there is none.
set -eu

find_chromium() {
  if [ -n "${BANGWO_CHROMIUM:-}" ] && [ -x "$BANGWO_CHROMIUM" ]; then echo "$BANGWO_CHROMIUM"; return 0; fi
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" 2>/dev/null && return 0
  done
  for name in "$HOME"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    [ -x "$name" ] && { echo "$name"; return 0; }
  done
  return 1
}

how() {
  cat >&2 <<'TEXT'
No Chromium on this machine. Install one (Debian and Ubuntu: sudo apt-get install chromium; macOS: brew install --cask
chromium), or name one: export BANGWO_CHROMIUM=/path/to/chrome
TEXT
}

case "${1:-find}" in
  find) find_chromium || { how; exit 1; } ;;
  ensure)
    find_chromium && exit 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      echo "bringing chromium with apt-get, for the end-to-end tests …" >&2
      log=$(mktemp)
      if { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-noto-cjk; } >"$log" 2>&1; then
        rm -f "$log"
      else
        tail -n 15 "$log" >&2
      fi
    fi
    find_chromium || { how; exit 1; } ;;
  *) echo "usage: $0 [find|ensure]" >&2; exit 2 ;;
esac
