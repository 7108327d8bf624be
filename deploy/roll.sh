#!/bin/sh
# A new version without a dropped request: each web server is taken out of nginx, restarted with the new image, and put back.
set -eu
cd "$(dirname "$0")/.."

healthy() {
    [ "$(docker inspect --format '{{.State.Health.Status}}' "$(docker compose ps --all --quiet "$1")" 2>/dev/null)" = healthy ]
}

# nginx goes on with these servers; what runs through the others is finished first.
serve_by() {
    servers=""
    for web in "$@"; do servers="$servers server $web:8000;"; done
    docker compose exec -T nginx sh -c "echo '$servers' > /etc/nginx/conf.d/upstream.inc && nginx -t -q && nginx -s reload"
    sleep 5
}

# renew WEB OTHER: while WEB starts with the new image, OTHER serves alone, and goes on doing so if WEB does not become healthy.
renew() {
    healthy "$2" || { echo "$2 is not healthy, so $1 cannot be spared: docker compose logs $2" >&2; exit 1; }
    serve_by "$2"
    docker compose up -d --no-deps --wait "$1" || { echo "$1 did not become healthy, $2 serves alone: docker compose logs $1" >&2; exit 1; }
}

docker compose build
docker compose run --rm prepare
# After a roll that stopped half way, the server that does not serve is the first.
if healthy web-2; then first=web-1 second=web-2; else first=web-2 second=web-1; fi
renew $first $second
renew $second $first
serve_by web-1 web-2
docker compose up -d --no-deps work
