# The commands of the project. `make` alone lists them; README says more about each.

PYTHON_IN_VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench reference screenshots assets translations clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install everything the site needs (a second time takes a moment)
	@sh tools/setup.sh

run: setup ## Serve the site on this machine, with the worker beside it
	@exec $(PYTHON_IN_VENV) -m tools.serve

test: ## Run all tests; ARGS= goes to pytest, such as ARGS="tests/core -x -n 0"
	@sh tools/setup.sh dev
	@sh tools/needs.sh
	@exec $(PYTHON_IN_VENV) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: ## Check format, lint, types and the import rules
	@sh tools/setup.sh dev
	$(PYTHON_IN_VENV) -m ruff format --check .
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m mypy
	.venv/bin/lint-imports

format: ## Put the code into the house format
	@sh tools/setup.sh dev
	$(PYTHON_IN_VENV) -m ruff format .
	$(PYTHON_IN_VENV) -m ruff check --fix .

bench: ## Print the measured costs, as ratios in one run
	@sh tools/setup.sh dev
	@exec $(PYTHON_IN_VENV) -m benchmarks $(ARGS)

reference: ## Compare our figures with those of R in FOLDER=, and print the worst difference
	@sh tools/setup.sh dev
	@exec $(PYTHON_IN_VENV) -m tools.check_reference $(or $(FOLDER),tests/reference/waves)

screenshots: ## Make the pictures in docs/screenshots anew
	@sh tools/setup.sh dev
	@exec $(PYTHON_IN_VENV) -m tools.screenshots

assets: setup ## Build the front end into static/build

translations: setup ## Bring the catalogues in translations/ up to date with the texts
	@$(PYTHON_IN_VENV) -m tools.translations update
	@sh tools/setup.sh

clean: ## Remove what was built; the data in instance/ stays
	rm -rf .venv node_modules static/build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
