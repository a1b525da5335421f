# ragpark: `make run` opens the question page, `make test` runs every test.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt

.PHONY: run test lint format bench screenshots clean help
.DEFAULT_GOAL := help

help:
	@echo "make run          安装、建立索引、在浏览器中打开 http://127.0.0.1:$(PORT)"
	@echo "make test         安装测试所需并运行全部测试"
	@echo "make lint         检查格式与类型"
	@echo "make bench        测量编码、问答与重建索引的速度"
	@echo "make screenshots  重新生成 docs/screenshots/"
	@echo "make clean        删除 .venv（不动文档与索引）"

# A stamp is newer than the two files it depends on once everything they ask for is installed.
$(VENV)/installed: pyproject.toml constraints.txt
	@PYTHON="$(PYTHON)" bash tools/make_venv.sh $(VENV)
ifdef TORCH_INDEX
	$(BIN)/python -m pip install --disable-pip-version-check "torch>=2.4,<2.14" --index-url "$(TORCH_INDEX)"
endif
	$(PIP) -e .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(PIP) -e '.[test]'
	@touch $@

run: $(VENV)/installed
	$(BIN)/ragpark index
	$(BIN)/ragpark serve --port $(PORT)

test: $(VENV)/installed-test
	@bash tools/browser.sh
	$(BIN)/python -m pytest

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/installed-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/installed
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

screenshots: $(VENV)/installed-test
	@bash tools/browser.sh
	$(BIN)/python tools/screenshots.py

clean:
	rm -rf $(VENV)
