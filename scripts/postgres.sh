#!/bin/sh
# Makes sure that the programs of a PostgreSQL server are installed: the tests start their own throwaway cluster with
# them. Does nothing when they are there, installs the package as root on Debian and Ubuntu, says what to do elsewhere.
set -eu

if [ -n "${BANGWO_TEST_POSTGRES:-}" ] || command -v initdb >/dev/null 2>&1; then
  exit 0
fi
for program in /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb /opt/homebrew/opt/postgresql*/bin/initdb /usr/local/opt/postgresql*/bin/initdb; do
  if [ -x "$program" ]; then
    exit 0
  fi
done

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "installing PostgreSQL for the tests" >&2
  # No cluster of the system's own is wanted, only the programs.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y --no-install-recommends postgresql >/dev/null 2>&1 ||
    { apt-get update >/dev/null && apt-get install -y --no-install-recommends postgresql >/dev/null; }
  exit 0
fi

cat >&2 <<'HELP'
PostgreSQL (15 or newer) is not installed; the tests of the PostgreSQL driver need its programs. Install it with
  Debian, Ubuntu   sudo apt-get install postgresql
  Fedora, RHEL     sudo dnf install postgresql-server
  Alpine           sudo apk add postgresql postgresql-contrib
  macOS            brew install postgresql@17
or set BANGWO_TEST_POSTGRES to the address of a running server whose user may create databases, e.g.
  BANGWO_TEST_POSTGRES=postgres://postgres@127.0.0.1:5432/postgres make test
HELP
exit 1
