"""The status as HTML: the health line, groups of names and values, the table of settings; every value is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ragpark.status import Health, SettingState
from ragpark.status_text import Group

_ICONS = {"ok": "✓", "warning": "!", "error": "×"}
_WORDS = {"ok": "正常", "warning": "注意", "error": "错误"}


def health_block(health: Health) -> str:
    """The line at the top: a sign, what it is, what to do."""
    role = "alert" if health.level == "error" else "status"
    return (
        f'<section class="rp-health rp-health-{health.level}" role="{role}">'
        f'<span class="rp-health-sign" role="img" aria-label="{_WORDS[health.level]}">{_ICONS[health.level]}</span>'
        f'<div><p class="rp-health-title">{escape(health.title)}</p><p>{escape(health.text)}</p></div></section>'
    )


def groups_block(groups: Sequence[Group]) -> str:
    """Groups side by side where there is room, each a list of names and values."""
    return f'<div class="rp-status-groups">{"".join(map(_group, groups))}</div>'


def _group(group: Group) -> str:
    title, rows = group
    items = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows)
    return f'<section class="rp-status-group"><h3>{escape(title)}</h3><dl>{items}</dl></section>'


def settings_table(settings: Sequence[SettingState]) -> str:
    """Every setting a row: value, what it means with its range, where it comes from; those changed stand out."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("设置", "值", "含义", "来自"))
    return (
        f'<section class="rp-settings"><h3>设置</h3><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(map(_setting, settings))}</tbody></table></section>"
    )


def _setting(setting: SettingState) -> str:
    allowed = f'<span class="rp-range">范围 {escape(setting.allowed)}</span>' if setting.allowed else ""
    changed = ' class="rp-changed"' if setting.origin else ""
    return (
        f'<tr{changed}><th scope="row"><code>{escape(setting.name)}</code></th><td>{escape(setting.value)}</td>'
        f"<td>{escape(setting.meaning)}{allowed}</td><td>{escape(setting.origin or '默认')}</td></tr>"
    )
