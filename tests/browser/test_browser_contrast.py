"""Every text of every page can be read in both themes, and every control has a name, by WCAG 2 AA."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from places import PLACES, Place, go

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")

# Controls without a name (accessible name computation of WAI-ARIA, without its rare cases).
NAMELESS = """() => {
    const name = (element) => {
        const by = (element.getAttribute('aria-labelledby') || '').split(/\\s+/)
            .map((id) => document.getElementById(id)?.textContent || '').join(' ');
        const labels = element.labels ? [...element.labels].map((label) => label.textContent).join(' ') : '';
        const copy = element.cloneNode(true);
        copy.querySelectorAll('[data-testid=stIconMaterial]').forEach((icon) => icon.remove());
        return [element.getAttribute('aria-label'), by, labels, copy.textContent, element.title].join(' ').trim();
    };
    return [...document.querySelectorAll(
        'button, a[href], input, textarea, select, [role=button], [role=slider], [role=combobox], [role=tab]'
    )].filter((e) => e.checkVisibility() && !e.closest('[aria-hidden=true]') && e.type !== 'hidden')
      .filter((e) => !name(e)).map((e) => e.outerHTML.slice(0, 160));
}"""

FRAME = """() => ({
    lang: document.documentElement.lang,
    heads: [...document.querySelectorAll('h1, h2')].filter((h) => h.checkVisibility()).map((h) => h.innerText),
    wide: document.documentElement.scrollWidth - innerWidth,
})"""

# Whether the focused element, or what is around it, looks other than without the focus.
FOCUS = """async () => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const around = [];
    for (let at = e, i = 0; at && i < 5; at = at.parentElement, i++) around.push(at);
    const look = async () => {
        for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame); // what draws on events has drawn
        document.getAnimations().forEach((a) => { try { a.finish(); } catch { a.cancel(); } });
        return around.map((at) => {
            const s = getComputedStyle(at);
            return [s.outlineStyle + s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor].join('|');
        });
    };
    const focused = await look();
    const said = (e.getAttribute('aria-label') || e.innerText || e.title || '').trim();
    e.blur();
    const plain = await look();
    e.focus({ focusVisible: true });
    return { said, tag: e.tagName, shown: focused.some((f, i) => f !== plain[i]), focused, plain };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(fake_server: str, browser: Browser, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    bad: list[str] = []
    for place in PLACES:
        go(page, fake_server, place)
        found = page.evaluate(CONTRAST)
        assert found["n"] >= 5, place.name  # the page was drawn
        bad += [f"{place.name}: {line}" for line in found["bad"]]
    context.close()
    assert not bad, "\n".join(dict.fromkeys(bad))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_every_control_has_a_name_every_page_a_heading(fake_server: str, page: Page, place: Place) -> None:
    go(page, fake_server, place)
    assert page.evaluate(NAMELESS) == []
    frame = page.evaluate(FRAME)
    assert frame["lang"] == "zh-CN"
    answered = place.address.startswith("/?q=")  # there the answer itself is the head of the page
    assert frame["heads"] or answered, place.name


def test_tab_goes_from_navigation_to_question_with_focus_in_sight(fake_server: str, page: Page) -> None:
    go(page, fake_server, PLACES[0])
    said: list[str] = []
    for _ in range(25):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            break
        if focus["tag"] == "MAIN":  # the page itself, which Tab reaches so that arrow keys scroll it
            continue
        said.append(focus["said"])
        assert focus["shown"], focus
        if "提问" in focus["said"]:
            break
    pages = [
        name for name in ("问答", "批量", "检索", "指标", "文档", "评测", "设置与状态") if any(name in s for s in said)
    ]
    assert len(pages) == 7, said
    order = [next(i for i, s in enumerate(said) if name in s) for name in ("问答", "设置与状态", "问题", "提问")]
    assert order == sorted(order), said


def test_navigation_on_a_phone_reaches_every_page(fake_server: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    go(page, fake_server, PLACES[0])
    for name in ("批量", "检索", "指标", "文档", "评测", "设置与状态"):
        page.locator("[data-testid=stExpandSidebarButton]").click()  # closed again after each choice
        assert page.evaluate(NAMELESS) == []
        page.get_by_role("link", name=name, exact=True).click()
        page.get_by_role("heading", name=name, exact=True).wait_for()
        assert page.evaluate(FRAME)["wide"] <= 0, name
    context.close()
