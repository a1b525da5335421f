"""Which parts of a web page are not its content: hidden elements, navigation, footers, blocks that are only links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ragpark.zh.wording import rx

_NEVER_SHOWN = frozenset(
    "script style noscript template iframe object embed svg canvas audio video select input textarea button option "
    "map dialog head title rt rp".split()
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FURNITURE_TAGS = frozenset(("nav", "footer", "aside"))
_FURNITURE_ROLES = frozenset(("navigation", "contentinfo", "complementary", "search"))
# Words of class and id, split at -, _ and case: `main-nav`, `pageFooter`; not `navy`.
_END_WORDS = frozenset(("footer", "copyright", "beian", "friendlink", "friendlinks"))
_NAV_WORDS = frozenset(
    "nav navbar navigation menu submenu topnav breadcrumb breadcrumbs crumb crumbs sidebar share sharing bdshare "
    "toolbar topbar login related relate recommend pager pagination".split()
)
# Whole names only: `position`, not `position-relative`; `bottom`, not `border-bottom`.
_END_NAMES = frozenset(("foot", "bottom"))
_NAV_NAMES = frozenset(
    "header top banner logo site-header page-header pageheader position location search hot weizhi dqwz".split()
)
_CONTAINERS = frozenset("ul ol dl div section table td p span center tr tbody".split())
_RELATED = r"[【\[]?{link_label}.{0,6}[】\]]?[:：]?$"
_MARKS = re.compile(r"[。！？；，]")


@dataclass(slots=True)
class _Weight:
    """What stands under an element: characters (without spaces), those inside links, the number of links, and

    whether there is a title (`h1`, `h2`), a piece of a sentence outside links, any mark of one, the word `附件`.
    """

    chars: int = 0
    linked: int = 0
    links: int = 0
    heading: bool = False
    sentence: bool = False
    marks: bool = False
    attachment: bool = False


def drop_hidden(root: Any) -> None:
    """Remove what a browser never shows. A form's own text stays: some sites put the whole page in one."""
    for element in list(root.iterdescendants()):
        never = not isinstance(element.tag, str) or element.tag in _NEVER_SHOWN
        if never or element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or ""):
            _drop(element)


def drop_furniture(body: Any) -> None:
    """Remove navigation, footers, sidebars and blocks of links; keep everything if nothing would be left."""
    weights = _weigh(body)
    total = weights[body]
    doomed: list[Any] = []
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        if element is not body and _is_furniture(element, weights[element], total.chars):
            doomed.append(element)
            walk.skip_subtree()
    if sum(weights[element].chars for element in doomed) >= total.chars:
        return  # a page of links: they are its content
    for element in doomed:
        _drop_label(element)
        _drop(element)


def _is_furniture(element: Any, weight: _Weight, total: int) -> bool:
    tag = element.tag
    if tag in _FURNITURE_TAGS or (element.get("role") or "").lower() in _FURNITURE_ROLES:
        return not weight.heading or tag != "aside" or weight.chars < 0.5 * total
    if tag == "header":  # a page's banner; an article's own header holds its title
        return not weight.heading and weight.chars < 0.3 * total
    label = f"{element.get('class') or ''} {element.get('id') or ''}"
    if label != " " and not weight.heading:
        words = set(re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label).lower()))
        names = set(label.lower().split())
        if (words & _END_WORDS or names & _END_NAMES) and weight.chars < 0.3 * total:
            return True
        if (words & _NAV_WORDS or names & _NAV_NAMES) and weight.chars < 0.5 * total and not weight.sentence:
            return True
    return (
        tag in _CONTAINERS
        and weight.links >= 3
        and weight.linked > 0.6 * weight.chars
        and not (weight.marks or weight.attachment)
    )


def _weigh(body: Any) -> dict[Any, _Weight]:
    weights: dict[Any, _Weight] = {}
    depth = 0  # of <a> around the text at hand

    def count(text: str | None, into: _Weight) -> None:
        if text and (size := len("".join(text.split()))):
            into.chars += size
            if depth:
                into.linked += size
            elif _MARKS.search(text):
                into.marks = True
                into.sentence = into.sentence or size >= 15
            into.attachment = into.attachment or "附件" in text

    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            weight = weights[element] = _Weight()
            depth += element.tag == "a"
            count(element.text, weight)
            continue
        weight = weights[element]
        if element.tag == "a":
            depth -= 1
            weight.links += 1
        weight.heading = weight.heading or (element.tag in ("h1", "h2") and weight.chars > 0)
        if element is body:
            continue
        parent = weights[element.getparent()]
        parent.chars += weight.chars
        parent.linked += weight.linked
        parent.links += weight.links
        parent.heading = parent.heading or weight.heading
        parent.sentence = parent.sentence or weight.sentence
        parent.marks = parent.marks or weight.marks
        parent.attachment = parent.attachment or weight.attachment
        count(element.tail, parent)
    return weights


def _drop_label(element: Any) -> None:
    """Remove the `相关链接` that stands right before a block of links."""
    before = element.getprevious()
    if before is not None and not (before.tail or "").strip():
        text = "".join("".join(before.itertext()).split())
        if len(text) <= 12 and rx(_RELATED).match(text):
            _drop(before)


def _drop(element: Any) -> None:
    """Remove an element, keeping the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
