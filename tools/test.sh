#!/bin/sh
# The whole suite in one run of pytest: what asks a database on SQLite and again on a real PostgreSQL, the rest once. See tests/parts.py.
set -eu
bin="$1"
unset DATABASE_URL

postgres_bin() {
    command -v initdb >/dev/null && dirname "$(command -v initdb)" && return
    ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1
}

browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable
}

complete() {
    [ -n "$(postgres_bin)" ] && browser >/dev/null && for name in xgettext nginx redis-server openssl docker-compose java mvn; do
        PATH="$PATH:/usr/sbin" command -v "$name" >/dev/null || return 1
    done
}

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! complete; then
    echo "== System packages for tests: Chromium, PostgreSQL, gettext; nginx, Redis and the check of compose for the test of operation;"
    echo "   a JDK and Maven for Elasticsearch"
    apt-get update -q
    packages="chromium fonts-dejavu-core postgresql gettext nginx redis-server openssl docker-compose openjdk-17-jdk-headless maven"
    # shellcheck disable=SC2086 # a list of names
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages
fi

echo "== Messages"
DJANGO_SETTINGS_MODULE=portal.settings.test "$bin/python" manage.py compile_catalogues

if command -v mvn >/dev/null; then
    echo "== Elasticsearch"
    # Beside a cluster whose address is given, only the nodes that are killed are our own.
    sh tools/elasticsearch.sh lay_out || [ -n "${ELASTICSEARCH_URL:-}" ]
fi

set -- --dist=each --tx popen//id=sqlite
browser >/dev/null || echo "No Chromium: the walks in a browser are left out. Install it with: apt-get install chromium" >&2
if [ -z "$(postgres_bin)" ]; then
    echo "No PostgreSQL: the suite runs on SQLite alone. Install it with: apt-get install postgresql" >&2
    [ -z "${CI:-}" ] || exit 1
else
    # PostgreSQL refuses to run as root.
    as_postgres="" && [ "$(id -u)" != 0 ] || as_postgres="runuser -u postgres --"
    cluster=$(mktemp -d /tmp/portal-postgres.XXXXXX)
    trap '$as_postgres "$(postgres_bin)/pg_ctl" -D "$cluster/data" -m immediate stop >/dev/null 2>&1; rm -rf "$cluster"' EXIT
    trap 'exit 130' INT TERM
    [ "$(id -u)" != 0 ] || chown postgres "$cluster"
    echo "== A PostgreSQL of its own, thrown away at the end"
    cd "$cluster"
    $as_postgres "$(postgres_bin)/initdb" -D "$cluster/data" -U portal -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    $as_postgres "$(postgres_bin)/pg_ctl" -D "$cluster/data" -l "$cluster/log" -w start \
        -o "-k $cluster -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off" >/dev/null
    cd "$OLDPWD"
    export PGHOST="$cluster" PGUSER=portal
    set -- "$@" --tx popen//id=postgresql//env:DATABASE_URL=postgres:/portal --tx popen//id=walks
fi

"$bin/python" -m pytest "$@"
