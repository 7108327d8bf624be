#!/bin/sh
# Production settings must load and pass Django's own checklist; the secrets here are made up for the check.
set -e
export DJANGO_SETTINGS_MODULE=portal.settings.production
if "$1" manage.py check >/dev/null 2>&1; then
    echo "production settings started without their secrets" >&2
    exit 1
fi
export SECRET_KEY="$(head -c 48 /dev/urandom | base64)" ALLOWED_HOSTS=portal.example PORTAL_URL=https://portal.example
export DATABASE_URL=postgres://portal@localhost/portal CACHE_URL=redis://localhost/0 EMAIL_URL=smtp://localhost
exec "$1" manage.py check --deploy --fail-level WARNING
