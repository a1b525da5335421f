#!/usr/bin/env bash
# Install Debian's Chromium and a Chinese font for the browser tests, where they are missing and allowed.
# With RAGPARK_REQUIRE_BROWSER=1 a missing browser is an error; otherwise those tests are skipped.
set -uo pipefail

have_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
have_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh family 2>/dev/null)" ]; }

have_browser && have_font && exit 0

sudo=
[ "$(id -u)" = 0 ] || sudo="sudo -n"
if command -v apt-get >/dev/null && { [ -z "$sudo" ] || sudo -n true 2>/dev/null; }; then
    echo "正在安装 chromium 与中文字体（约 300 MB）……"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    { $sudo apt-get update -q && $sudo apt-get install -y -q --no-install-recommends chromium fonts-wqy-zenhei fontconfig; } \
        </dev/null >"$log" 2>&1 || tail -n 5 "$log" >&2
    rm -f "$log"
fi

have_browser && have_font && exit 0
if [ "${RAGPARK_REQUIRE_BROWSER:-0}" = 1 ]; then
    echo "没有可用的浏览器或中文字体：浏览器测试不能跳过，请先安装 chromium 与 fonts-wqy-zenhei。" >&2
    exit 1
fi
echo "没有可用的浏览器或中文字体：将跳过浏览器测试。需要时请安装 chromium 与 fonts-wqy-zenhei。" >&2
