"""What must be true of every page: read it as a browser does, then look for what people trip over."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from xml.etree.ElementTree import Element

import html5lib

NEEDS_NO_LABEL = {"hidden", "submit", "button", "reset", "image"}
POINTS_AT_IDS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


WORDS = re.compile(r">[^<>&]*[^\s<>&][^<>&]*<")
VALUES = re.compile(r' (?:value|nonce|href|action|src)="[^"#&]*[^"#&\s][^"#&]*"')

_good: set[Hashable] = set()
"""What was looked at and found good, by whoever looked and the shape of the page."""


def shape(text: str) -> int:
    """Return a number that is the same for pages which differ in nothing but words, values and addresses.

    Most pages come many times in a run, with other words on them; one of each shape is enough to look at.
    """
    return hash(WORDS.sub(">x<", VALUES.sub(" x", text)))


def unless_good(known: Hashable, look: Callable[[], list[str]]) -> list[str]:
    """Return what the look finds; what was found good under the same name is not looked at again."""
    if known in _good:
        return []
    found = look()
    if not found:
        _good.add(known)
    return found


def faults(text: str) -> list[str]:
    """Return everything that is wrong with the page, each in one sentence; an empty list is a good page."""
    return unless_good(("html", shape(text)), lambda: _faults(text))


def _faults(text: str) -> list[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(text)
    return [*_parse_errors(parser), *_page_faults(root), *_id_faults(root), *_label_faults(root)]


def _parse_errors(parser: html5lib.HTMLParser) -> Iterator[str]:
    for (line, column), code, details in parser.errors:
        yield f"not HTML5 at line {line}, column {column}: {code} {details or ''}".rstrip()


def _page_faults(root: Element) -> Iterator[str]:
    if not root.get("lang"):
        yield "the page does not say its language"
    if not words(root.find("head/title")):
        yield "the page has no title"
    headings = root.findall(".//h1")
    if len(headings) != 1:
        yield f"the page has {len(headings)} first-level headings"
    if any(not words(heading) for heading in headings):
        yield "the heading is empty"
    if len(root.findall(".//main")) != 1:
        yield "the page has not one <main>"
    for element in root.iter():
        if handlers := [name for name in element.attrib if name.startswith("on")]:
            yield f"<{element.tag}> has a handler in the page, which the content policy stops: {handlers[0]}"
        if element.get("style") is not None:
            yield f"<{element.tag}> has a style in the page, which the content policy stops"


def _id_faults(root: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id") is not None)
    for name, times in ids.items():
        if times > 1 or not name:
            yield f"the id {name!r} stands {times} times"
    for element in root.iter():
        for attribute in POINTS_AT_IDS:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"<{element.tag} {attribute}> points at {name!r}, which is not on the page"
        target = element.get("href") or ""
        if element.tag == "a" and target.startswith("#") and len(target) > 1 and target[1:] not in ids:
            yield f"a link leads to {target}, which is not on the page"


def _label_faults(root: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in root.iter("label") if words(label)}
    wrapped = {id(control) for label in root.iter("label") if words(label) for control in label.iter()}
    for control in root.iter():
        if control.tag not in {"input", "select", "textarea"} or control.get("type") in NEEDS_NO_LABEL:
            continue
        named = control.get("aria-label") or control.get("aria-labelledby")
        if control.get("id") not in labelled and id(control) not in wrapped and not named:
            yield f"<{control.tag} name={control.get('name')!r}> has no label"
    for element in root.iter():
        if element.tag in {"a", "button"} and not words(element) and not element.get("aria-label"):
            yield f"a {element.tag} without words: {element.attrib}"


def words(element: Element | None) -> str:
    """Return the element's text as one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
