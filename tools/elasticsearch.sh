#!/bin/sh
# A real Elasticsearch without containers: `lay_out` fetches its server by Maven, `serve` runs one node on port 9200 until it is stopped.
set -eu
cd "$(dirname "$0")/../tests/elasticsearch"

lay_out() {
    [ target/lib -nt pom.xml ] || mvn -q -B package
}

serve() {
    lay_out
    data="$PWD/../../var/elasticsearch"
    mkdir -p "$data"
    echo "== http://localhost:9200; in another window: ELASTICSEARCH_URL=http://localhost:9200 SEARCH_ENGINE=elasticsearch make run"
    exec java "-Xms${HEAP:-512m}" "-Xmx${HEAP:-512m}" -cp 'target/lib/*' Node.java target/home \
        http.port=9200 transport.port=9300 discovery.type=single-node action.auto_create_index=false path.data="$data"
}

"$1"
