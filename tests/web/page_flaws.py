"""What must hold of every page: each check returns what is wrong as plain sentences."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from tests.web.catalogue import in_english
from tests.web.markup import Markup, text_of, without_tokens

Check = Callable[[Markup], Iterable[str]]
ERROR_PREFIXES = ("Error: ", "错误：")
NEEDS_NO_LABEL = {"hidden", "submit", "button", "reset", "image"}
POINTING = ("for", "headers", "list", "form", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns")
KNOWN: dict[bytes, list[str]] = {}
"""What was wrong with the pages that were looked at, by their digests."""
SHOWN = ("alt", "title", "aria-label", "placeholder")


def flaws_of(html: str) -> list[str]:
    """Everything that is wrong with the page; one that differs in its tokens alone is not looked at again."""
    page = without_tokens(html)
    known_as = hashlib.sha256(page.encode()).digest()
    if known_as not in KNOWN:
        markup = Markup(page)
        KNOWN[known_as] = [flaw for check in CHECKS for flaw in check(markup)]
    return list(KNOWN[known_as])


def mistakes(markup: Markup) -> Iterable[str]:
    """What a strict reader of HTML minds."""
    return markup.mistakes


def headings(markup: Markup) -> Iterable[str]:
    """One `h1`, with which the title begins."""
    found = [text_of(heading) for heading in markup.all("h1")]
    title = "".join(text_of(each) for each in markup.all("title")[:1])
    if len(found) != 1:
        yield f"{len(found)} h1 instead of one"
    elif not found[0] or not any(title.startswith(prefix + found[0]) for prefix in ("", *ERROR_PREFIXES)):
        yield f"the title {title!r} does not begin with the h1 {found[0]!r}"


def languages(markup: Markup) -> Iterable[str]:
    """The page says its language."""
    told = markup.all("html")[0].get("lang")
    if told not in ("zh-CN", "zh", "en"):
        yield f"the language of the page is {told!r}"


def labels(markup: Markup) -> Iterable[str]:
    """Every field and every button has a name that is seen or read out."""
    for field in markup.all("input", "select", "textarea"):
        if field.get("type", "text") not in NEEDS_NO_LABEL and not label_of(markup, field):
            yield f"the field {told(field)} has no label"
    for button in markup.all("button"):
        if not (text_of(button) or own_name(markup, button)):
            yield f"the button {told(button)} has no text"


def label_of(markup: Markup, field: Element) -> str:
    """The name of a field: the text of its label, or what takes the place of one."""
    around = markup.enclosing(field, "label")
    own = [label for label in markup.all("label") if field.get("id") and label.get("for") == field.get("id")]
    return next((text for label in (*own, *([] if around is None else [around])) if (text := text_of(label))), "") or (
        own_name(markup, field)
    )


def own_name(markup: Markup, element: Element) -> str:
    """The name that an element gives itself by its attributes."""
    by = [markup.called(id) for id in element.get("aria-labelledby", "").split()]
    return element.get("aria-label", "").strip() or " ".join(text_of(each) for each in by if each is not None)


def tokens(markup: Markup) -> Iterable[str]:
    """Every form that is posted has its token, and none that is not shows it in the address."""
    for form in markup.all("form"):
        values = [each.get("value") for each in form.iter("input") if each.get("name") == "csrf_token"]
        method = form.get("method", "get").lower()
        if method == "post" and not (len(values) == 1 and values[0]):
            yield f"the form {told(form)} has no token"
        if method == "get" and values:
            yield f"the form {told(form)} would put its token into the address"


def ids(markup: Markup) -> Iterable[str]:
    """No id stands twice."""
    counted = Counter(element.get("id") for element in markup.elements if "id" in element.attrib)
    return [f"the id {id!r} stands {count} times" for id, count in counted.items() if count > 1]


def pointers(markup: Markup) -> Iterable[str]:
    """Whatever points to an id points to one that is there."""
    known = {element.get("id") for element in markup.elements}
    for element in markup.elements:
        named = [(name, id) for name in POINTING for id in element.get(name, "").split()]
        if element.tag == "a" and re.fullmatch(r"#.+", element.get("href", "")):
            named.append(("href", element.get("href", "")[1:]))
        lost = [(name, id) for name, id in named if id not in known]
        yield from (f"{name} of {told(element)} points to {id!r}, which is not there" for name, id in lost)


def strictness(markup: Markup) -> Iterable[str]:
    """Nothing that a strict Content-Security-Policy refuses."""
    for element in markup.elements:
        if "style" in element.attrib or element.tag == "style":
            yield f"{told(element)} has a style of its own"
        if element.tag == "script" and not element.get("src"):
            yield f"{told(element)} has a script inside"
        yield from (f"{told(element)} has a script in {name}" for name in element.attrib if name.startswith("on"))
        if element.get("href", "").strip().lower().startswith("javascript:"):
            yield f"{told(element)} has a script as its address"


def tables(markup: Markup) -> Iterable[str]:
    """Tables have captions and their heads have scopes."""
    for table in markup.all("table"):
        if not any(text_of(caption) for caption in table.iter("caption")):
            yield f"{told(table)} has no caption"
    for head in markup.all("th"):
        if not (head.get("scope") or head.get("id")):
            yield f"the head {text_of(head)!r} of a table has no scope"


def pictures(markup: Markup) -> Iterable[str]:
    """Pictures say what they show, links where they lead."""
    yield from (f"{told(picture)} has no alt" for picture in markup.all("img") if "alt" not in picture.attrib)
    for link in markup.all("a"):
        seen = text_of(link) or own_name(markup, link) or "".join(each.get("alt", "") for each in link.iter("img"))
        if "href" in link.attrib and not seen:
            yield f"{told(link)} has no text"


def wording(markup: Markup) -> Iterable[str]:
    """On a Chinese page no text of our own in English, but where it is marked as English."""
    for element in markup.elements:
        if markup.language(element) == "zh":
            stretches = [element.text, *(child.tail for child in element), *(element.get(name) for name in SHOWN)]
            yield from (f"{text.strip()!r} is not translated" for text in stretches if text and in_english(text))


CHECKS: tuple[Check, ...] = (
    *(mistakes, headings, languages, labels, tokens, ids),
    *(pointers, strictness, tables, pictures, wording),
)


def told(element: Element) -> str:
    """An element as it can be found: its tag with the attributes that tell it from others."""
    named = [f'{name}="{element.get(name)}"' for name in ("id", "name", "action", "href", "type") if element.get(name)]
    return f"<{' '.join([element.tag.rpartition('}')[2], *named])}>"
