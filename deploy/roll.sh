#!/bin/sh
# A new version without a dropped request: each web server is taken out of nginx, restarted with the new image, and put back.
set -eu
cd "$(dirname "$0")/.."

# nginx goes on with these servers; what runs through the others is finished first.
serve_by() {
    servers=""
    for web in "$@"; do servers="$servers server $web:8000;"; done
    docker compose exec -T nginx sh -c "echo '$servers' > /etc/nginx/conf.d/upstream.inc && nginx -t -q && nginx -s reload"
    sleep 5
}

docker compose build
docker compose run --rm prepare
serve_by web-2
docker compose up -d --no-deps --wait web-1
serve_by web-1
docker compose up -d --no-deps --wait web-2
serve_by web-1 web-2
docker compose up -d --no-deps work
