#!/bin/bash
# The portal's own user, who may do what it likes with the portal's index and nothing else. Said again at every start: a new password holds at once.
set -eu

put() {
    curl -fsS --retry 30 --retry-delay 2 --retry-all-errors --cacert /authority/ca.crt -u "elastic:$ELASTIC_PASSWORD" \
        -X PUT -H "Content-Type: application/json" -d "$2" -o /dev/null "https://es-1:9200/_security/$1"
}

put role/portal '{"cluster": ["monitor"], "indices": [{"names": ["portal", "portal-*"], "privileges": ["manage", "read", "write"]}]}'
put user/portal "{\"password\": \"$CLUSTER_PASSWORD\", \"roles\": [\"portal\"]}"
