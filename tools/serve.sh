#!/bin/sh
# Web server and worker side by side; one Ctrl+C stops both.
python="$1"
"$python" manage.py work &
worker=$!
trap 'kill $worker 2>/dev/null; wait $worker 2>/dev/null' EXIT INT TERM
"$python" manage.py runserver --noreload 8000
