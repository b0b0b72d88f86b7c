"""What must hold of every page: it fits a narrow screen, fingers can hit it, axe finds nothing."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTH = 320  # CSS pixels, the narrowest screen
LEAST_TARGET = 24  # CSS pixels, WCAG 2.2, 2.5.8

OPEN_ALL = "document.querySelectorAll('details:not([data-more])').forEach(d => { d.open = true; })"

# Nothing if the page fits, else what reaches further right than the screen.
TOO_WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
  [`the page, ${document.documentElement.scrollWidth}`, ...document.querySelectorAll('body *')]
    .filter(e => !e.checkVisibility || e.checkVisibility()
      && e.getBoundingClientRect().right > window.innerWidth)
    .map(e => e.outerHTML?.slice(0, 120) ?? e)"""

# A label is part of its input's target. A link in a sentence is as high as its line.
TOO_SMALL = """least => {
  const inSentence = e => e.matches('a') && [...e.parentElement.childNodes]
    .some(n => n.nodeType === Node.TEXT_NODE && /\\p{L}{2}/u.test(n.data));
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(e => e.checkVisibility() && !e.matches('.visually-hidden, .skip-link, [type=hidden]'))
    .filter(e => !inSentence(e))
    .map(e => [e, (e.closest('label') ?? e).getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < least - 0.01)
    .map(([e, box]) => [box.width.toFixed(), 'x', box.height.toFixed(), e.outerHTML.slice(0, 120)])
    .map(words => words.join(' '));
}"""

AXE = Axe()
ALL_RULES: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
CONTRAST = ALL_RULES | {"runOnly": ["color-contrast"]}


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with a page as it stands, with all that can be opened open.

    The window is made narrow, and the page is looked at in light and in dark.
    """
    page.set_viewport_size({"width": WIDTH, "height": 640})
    page.evaluate(OPEN_ALL)
    faults = [f"too wide: {element}" for element in page.evaluate(TOO_WIDE)]
    faults += [f"too small: {element}" for element in page.evaluate(TOO_SMALL, LEAST_TARGET)]
    page.emulate_media(color_scheme="light")
    faults += found_by_axe(page, ALL_RULES)
    page.emulate_media(color_scheme="dark")
    faults += found_by_axe(page, CONTRAST)  # all else is the same page
    return faults


def found_by_axe(page: Page, options: dict[str, Any]) -> list[str]:
    """Return what axe says is wrong, with the elements it means."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    violations = page.evaluate("options => axe.run(options).then(r => r.violations)", options)
    return [
        f"{violation['id']}: {node['html'][:200]} ({node.get('failureSummary', '')})"
        for violation in violations
        for node in violation["nodes"]
    ]
