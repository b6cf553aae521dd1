"""Debian's headless Chromium for tests: a fresh profile, a keyboard, and what a person without a mouse would notice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait

OPTIONS = (
    "--headless",
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-device-scale-factor=1",
    "--lang=zh-CN",
)
WIDE, NARROW = (1366, 768), (320, 640)


@contextmanager
def browser(profile: Path, *, script: bool = True) -> Iterator[Chrome]:
    """Start a browser; without `script` no page's script runs (what the test itself asks still does)."""
    options = ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for option in (*OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        if not script:
            started.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        yield started
    finally:
        started.quit()


def set_view(page: Chrome, width: int, height: int) -> None:
    """Make the view just as wide: a window has a least width of its own."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def press(page: Chrome, *keys: str) -> None:
    """Press keys one after the other, wherever the focus is."""
    for key in keys:
        ActionChains(page).send_keys(key).perform()


@contextmanager
def loading(page: Chrome) -> Iterator[None]:
    """Go on once what is done here has led to another page: a key returns before the browser has moved."""
    before = page.find_element(By.TAG_NAME, "html")
    yield
    wait = WebDriverWait(page, 20)
    wait.until(staleness_of(before))
    wait.until(lambda here: here.execute_script("return document.readyState") == "complete")


def send(page: Chrome, *keys: str) -> None:
    """Press keys, then Enter, and wait for the page to which that leads."""
    press(page, *keys)
    with loading(page):
        press(page, Keys.ENTER)


def press_alt(page: Chrome, key: str) -> None:
    """Press an access key."""
    ActionChains(page).key_down(Keys.ALT).send_keys(key).key_up(Keys.ALT).perform()


def focused(page: Chrome) -> str:
    """Say what has the focus: its id, or its text."""
    said = page.execute_script(
        "const e = document.activeElement; return e.id || e.textContent.trim() || e.getAttribute('name')"
    )
    return str(said)


def tab_to(page: Chrome, wanted: str, most: int = 60) -> None:
    """Press Tab until the focus is there."""
    for _ in range(most):
        if focused(page) == wanted:
            return
        press(page, Keys.TAB)
    raise AssertionError(f"Tab never comes to {wanted}")


def complaints(page: Chrome) -> list[str]:
    """Return what a reader of the page would stumble over (own checks after WCAG 2.2; an empty list is good)."""
    found: list[str] = page.execute_script(_WALK)
    return found


def console(page: Chrome) -> list[dict[str, Any]]:
    """Return what the browser complained of: blocked by the policy, not found, errors of scripts."""
    entries: list[dict[str, Any]] = page.get_log("browser")  # type: ignore[no-untyped-call]
    return [entry for entry in entries if "favicon" not in entry["message"]]


_WALK = r"""
const told = [];
const seen = (e) => { const r = e.getBoundingClientRect(), s = getComputedStyle(e);
  return r.width > 0 && r.height > 0 && s.visibility !== "hidden" && s.display !== "none"; };
const name = (e) => e.getAttribute("aria-label")
  || (e.labels && [...e.labels].map((l) => l.textContent).join(" ").trim())
  || (["A", "BUTTON"].includes(e.tagName) ? e.textContent.trim() : "");
const where = (e) => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + (e.name ? "[" + e.name + "]" : "");

// 4.1.2, 1.3.1, 3.3.2: every control has a name. 2.5.8: none is smaller than 24 by 24 unless it stands in a sentence.
for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea")) {
  if (!name(e)) told.push("no name: " + where(e));
  const box = e.getBoundingClientRect();
  if (!e.classList.contains("skip") && e.tagName !== "A" && (box.width < 24 || box.height < 24)) told.push("small: " + where(e));
}
// 2.4.3: tabindex above 0 would tear the order.
for (const e of document.querySelectorAll("[tabindex]")) if (e.tabIndex > 0) told.push("tabindex: " + where(e));
// 1.3.1, 2.4.6: one h1, no level left out.
let level = 0;
for (const h of document.querySelectorAll("h1, h2, h3, h4")) {
  const n = Number(h.tagName[1]);
  if (n > level + 1) told.push("heading jumps to " + h.tagName + ": " + h.textContent);
  level = n;
}
if (document.querySelectorAll("h1").length !== 1) told.push("not one h1");
// 2.4.1, landmarks.
for (const part of ["header", "main", "nav"]) if (document.querySelectorAll(part).length !== 1) told.push("not one " + part);
if (!document.querySelector("body > a.skip:first-child[href='#main']")) told.push("no skip link first");
// 3.1.1, 2.4.2, 4.1.1.
if (!["zh-CN", "en"].includes(document.documentElement.lang)) told.push("language: " + document.documentElement.lang);
if (!document.title) told.push("no title");
const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
for (const id of ids) if (ids.filter((i) => i === id).length > 1) told.push("id twice: " + id);
for (const a of document.querySelectorAll("a[href^='#']"))
  if (!document.getElementById(a.getAttribute("href").slice(1))) told.push("leads nowhere: " + a.getAttribute("href"));
for (const attribute of ["aria-labelledby", "aria-describedby"])
  for (const e of document.querySelectorAll("[" + attribute + "]"))
    if (!document.getElementById(e.getAttribute(attribute))) told.push(attribute + " of nothing: " + where(e));
for (const e of document.querySelectorAll("th")) if (!e.scope) told.push("th without scope: " + e.textContent);
const keys = [...document.querySelectorAll("[accesskey]")].map((e) => e.accessKey);
if (new Set(keys).size !== keys.length) told.push("access key twice: " + keys);
// 1.4.3: 4.5 to 1, 3 to 1 for large text, over the background that is really there.
const rgb = (text) => text.match(/[\d.]+/g).map(Number);
const light = ([r, g, b]) => { const f = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + 0.05) / (y + 0.05); };
const behind = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
  if (c.length < 4 || c[3] === 1) return c; if (c[3] > 0) return null; } return [255, 255, 255]; };
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const e = texts.currentNode.parentElement;
  if (!texts.currentNode.textContent.trim() || ["SCRIPT", "STYLE", "OPTION"].includes(e.tagName) || !seen(e)) continue;
  const style = getComputedStyle(e), back = behind(e), size = parseFloat(style.fontSize);
  if (!back) { told.push("background not known: " + where(e)); continue; }
  const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
  const is = ratio(rgb(style.color), back);
  if (is < wanted) told.push("contrast " + is.toFixed(2) + ": " + texts.currentNode.textContent.trim());
}
for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
  const style = getComputedStyle(e);
  if (ratio(rgb(style.color), rgb(style.backgroundColor)) < 4.5) told.push("contrast in " + where(e));
  if (ratio(rgb(style.borderTopColor), behind(e.parentElement)) < 3) told.push("border of " + where(e)); // 1.4.11
}
// 1.4.10: no scrolling sideways.
if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
  told.push("wider than the view: " + document.documentElement.scrollWidth);
return told;
"""
