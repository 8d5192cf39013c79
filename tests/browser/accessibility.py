"""What axe-core finds in a page, and how its words stand out from their ground."""

import pytest

axe_core = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-core is only in the browser tests' extras"
)

READABLE = 4.5  # WCAG 2.2, level AA

CONTRASTS = """(selector) => {
  const parse = (c) => { const n = c.match(/[\\d.]+/g).map(Number);
    return n.length < 4 ? [...n, 1] : n; };
  const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const share = [0.2126, 0.7152, 0.0722];
  const light = (c) => share.reduce((sum, part, i) => sum + part * linear(c[i] / 255), 0);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const wordless = ['range', 'checkbox', 'radio'];
  const own = (e) => ['INPUT', 'SELECT'].includes(e.tagName) && !wordless.includes(e.type)
    || [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const ink = (e) => getComputedStyle(e)[e.namespaceURI.endsWith('svg') ? 'fill' : 'color'];
  return [...document.querySelectorAll(`${selector} *`)]
    .filter((e) => e.checkVisibility() && own(e))
    .map((e) => {
      const [a, b] = [light(parse(ink(e))), light(ground(e))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return [ratio, e.className?.baseVal ?? e.className ?? e.tagName];
    });
}"""


def violations(page, selector, at_least=1):
    """Return what axe-core finds in the outputs named by a CSS selector, as (rule, places). At
    least so many rules must have found something that passes.
    """
    results = axe_core.Axe().run(page, context=selector).response
    assert len(results["passes"]) >= at_least, f"nothing to look at in {selector}"
    return [(v["id"], [node["html"][:160] for node in v["nodes"]]) for v in results["violations"]]


def pale(page, selector, at_least=1):
    """Return the words below READABLE, as (contrast, class), of every element with text of its own
    inside a CSS selector, by the formula of WCAG 2.2 (relative luminance); axe reports only those
    that it can tell. At least so many must be there to be measured.
    """
    measured = page.evaluate(CONTRASTS, selector)
    assert len(measured) >= at_least, f"only {len(measured)} words in {selector}"
    return sorted(one for one in measured if one[0] < READABLE)
