#!/bin/sh
# Production settings must load and pass Django's own checklist; the secrets here are made up for the check.
set -e
export DJANGO_SETTINGS_MODULE=portal.settings.production
export SECRET_KEY="$(head -c 48 /dev/urandom | base64)" ALLOWED_HOSTS=portal.example PORTAL_URL=https://portal.example
export DATABASE_URL=postgres://portal@localhost/portal CACHE_URL=redis://localhost/0 EMAIL_URL=smtp://localhost
export MAIL_FROM=portal@portal.example
for name in SECRET_KEY ALLOWED_HOSTS PORTAL_URL DATABASE_URL CACHE_URL EMAIL_URL MAIL_FROM; do
    if env -u "$name" "$1" -c "import portal.settings.production" 2>/dev/null; then
        echo "production settings started without $name" >&2
        exit 1
    fi
done
exec "$1" manage.py check --deploy --fail-level WARNING
