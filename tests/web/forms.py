"""The forms of a page as a browser fills them in and sends them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from tests.web.markup import Markup, text_of


@dataclass(frozen=True)
class PageForm:
    """One form: where it goes, what is filled in, what may be chosen, and its buttons with what each sends."""

    action: str
    method: str
    multipart: bool
    in_main: bool
    values: dict[str, Any]
    choices: dict[str, list[str]]
    buttons: dict[str, dict[str, str]]

    def filled(self, values: Mapping[str, Any], press: str = "") -> dict[str, Any]:
        """What is sent when these fields are changed and a button is pressed.

        Raises:
            AssertionError: there is no such field, choice or button, so no reader could send this.
        """
        for name, value in values.items():
            assert name in self.values, f"no field {name}: {', '.join(self.values)}"
            offered = self.choices.get(name)
            chosen = value if isinstance(value, list) else [] if value is None else [value]
            assert offered is None or set(chosen) <= set(offered), f"{name} offers {offered}, not {value}"
        assert not press or press in self.buttons, f"no button {press}: {', '.join(self.buttons)}"
        button = self.buttons[press] if press else next(iter(self.buttons.values()), {})
        sent = {**self.values, **values, **button}
        return {name: value for name, value in sent.items() if value is not None}


def forms_of(markup: Markup, path: str) -> list[PageForm]:
    """The forms of a page in order, but for the search that stands on every page."""
    return [
        form_of(markup, form, path)
        for form in markup.all("form")
        if "assess-header__search" not in form.get("class", "")
    ]


def form_of(markup: Markup, form: Element, path: str) -> PageForm:
    """One form of the page at this path."""
    fields = [field for field in fields_of(markup, form) if "disabled" not in field.attrib and field.get("name")]
    buttons = [button for button in markup.all("button", "input") if belongs(markup, button, form)]
    return PageForm(
        action=urljoin(path, form.get("action", "") or path),
        method=form.get("method", "get").lower(),
        multipart=form.get("enctype") == "multipart/form-data",
        in_main=markup.enclosing(form, "main") is not None,
        values=filled_in(fields),
        choices=offered(fields),
        buttons={text_of(each) or each.get("value", ""): sends(each) for each in buttons if is_submit(each)},
    )


def fields_of(markup: Markup, form: Element) -> list[Element]:
    """The fields of a form, those outside that name it too."""
    found = markup.all("input", "select", "textarea")
    return [field for field in found if belongs(markup, field, form) and not is_submit(field)]


def belongs(markup: Markup, element: Element, form: Element) -> bool:
    """Whether a field or button is one of this form."""
    named = element.get("form")
    return named == form.get("id") if named else markup.enclosing(element, "form") is form


def is_submit(element: Element) -> bool:
    """Whether pressing this sends the form."""
    return element.get("type", "submit" if element.tag == "button" else "text") in ("submit", "image")


def sends(button: Element) -> dict[str, str]:
    """What a button adds to what is sent."""
    return {button.get("name", ""): button.get("value", "")} if button.get("name") else {}


def filled_in(fields: list[Element]) -> dict[str, Any]:
    """Values by name as the page has them; None where nothing is sent, a list where several may be."""
    found: dict[str, list[str]] = {}
    for field in fields:
        found.setdefault(field.get("name", ""), []).extend(value_of(field))
    return {name: (values[0] if len(values) == 1 else values or None) for name, values in found.items()}


def value_of(field: Element) -> list[str]:
    """What a field sends as the page has it."""
    if field.tag == "textarea":
        return [field.text or ""]
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib]
        first = [] if "multiple" in field.attrib else options[:1]
        return [option_value(option) for option in chosen or first]
    if field.get("type") in ("checkbox", "radio"):
        return [field.get("value", "on")] if "checked" in field.attrib else []
    return [] if field.get("type") == "file" else [field.get("value", "")]


def option_value(option: Element) -> str:
    """What an option of a list sends."""
    return option.get("value", text_of(option))


def offered(fields: list[Element]) -> dict[str, list[str]]:
    """The values that may be chosen, by the name of what is chosen from a list, boxes or buttons."""
    found: dict[str, list[str]] = {}
    for field in fields:
        name = field.get("name", "")
        if field.tag == "select":
            found.setdefault(name, []).extend(option_value(option) for option in field.iter("option"))
        elif field.get("type") in ("checkbox", "radio"):
            found.setdefault(name, []).append(field.get("value", "on"))
    return found
