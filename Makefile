PYTHON ?= python3.11
VENV = .venv
BIN = $(VENV)/bin
MANAGE = $(BIN)/python manage.py

.PHONY: setup run test bench bench-cluster lint audit format messages demo elasticsearch

$(VENV)/.run: requirements.txt constraints.txt requirements-dev.txt
	@echo "== Python packages"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python 3.11 with its venv module is needed"; exit 1; }
	$(BIN)/pip install --disable-pip-version-check --progress-bar on -q -r requirements-dev.txt
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-test.txt
	@echo "== Python packages for tests"
	$(BIN)/pip install --disable-pip-version-check -q -r requirements-test.txt
	@touch $@

setup: $(VENV)/.run
	@echo "== Messages"
	@$(MANAGE) compile_catalogues
	@echo "== Database"
	@$(MANAGE) migrate -v 0
	@$(MANAGE) prepare

demo: setup
	@echo "== Demo content"
	@$(MANAGE) demo

run: demo
	@sh tools/serve.sh "$(BIN)/python"

test: $(VENV)/.test
	@sh tools/test.sh "$(BIN)"

elasticsearch:
	@sh tools/elasticsearch.sh serve

bench: $(VENV)/.run
	@$(MANAGE) compile_catalogues
	@$(BIN)/python -m tools.bench $(ROWS)

bench-cluster: $(VENV)/.run
	@DJANGO_SETTINGS_MODULE=tools.bench.settings ELASTICSEARCH_REPLICAS=0 ELASTICSEARCH_READ_SECONDS=30 \
		$(MANAGE) measure_cluster --documents $(or $(DOCUMENTS),100000) --fed $(or $(FED),8000)

lint: $(VENV)/.run
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djhtml --check portal community resources leaders
	$(MANAGE) compile_catalogues
	DJANGO_SETTINGS_MODULE=portal.settings.test $(MANAGE) makemigrations --check --dry-run
	sh tools/check_deploy.sh "$(BIN)/python"

audit: $(VENV)/.run
	$(BIN)/pip-audit --strict -r requirements.txt

format: $(VENV)/.run
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djhtml portal community resources leaders

messages: $(VENV)/.run
	$(MANAGE) collect_messages
	$(MANAGE) compile_catalogues
