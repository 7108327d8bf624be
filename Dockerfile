# The portal: one image for the web servers, the worker and every management command.
FROM python:3.11-slim AS packages
COPY requirements.txt constraints.txt /
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --disable-pip-version-check -r /requirements.txt

FROM python:3.11-slim
# pg_dump and pg_restore for `manage.py backup` and `restore`; of the same or a newer version than the server in compose.yaml.
RUN apt-get update -q && apt-get install -q -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home portal && install -d -o portal /var/portal /var/portal/media /var/portal/uploads /var/portal/static
COPY --from=packages /venv /venv
COPY . /portal
WORKDIR /portal
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production PORTAL_VAR=/var/portal PROMETHEUS_MULTIPROC_DIR=/dev/shm
RUN DJANGO_SETTINGS_MODULE=portal.settings.development PORTAL_VAR=/tmp/build python manage.py compile_catalogues && rm -rf /tmp/build
USER portal
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://localhost:8000/health/live', timeout=4)"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi"]
