#!/usr/bin/env bash
# Make the virtual environment named by $1 with $PYTHON; says in one line what is missing where it cannot.
set -euo pipefail
venv=$1
python=${PYTHON:-python3}

if ! command -v "$python" >/dev/null; then
    echo "找不到 $python：请先安装 Python 3.11 或更高版本，或用 make PYTHON=/路径/python3 指定。" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "需要 Python 3.11 或更高版本，现在是 $("$python" --version)；可用 make PYTHON=/路径/python3.11 指定。" >&2
    exit 1
fi
[ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1 && exit 0

# Debian splits `venv` off into a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null && command -v apt-get >/dev/null; then
    sudo=
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    export DEBIAN_FRONTEND=noninteractive
    name=$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
    ($sudo apt-get update -q && $sudo apt-get install -y -q "$name") </dev/null >/dev/null 2>&1 || {
        echo "缺少 venv 模块：请先运行 sudo apt-get install $name，再试一次。" >&2
        exit 1
    }
fi
"$python" -m venv "$venv"
