"""How somebody works a page: by mouse, by the keyboard alone, or by finger on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Locator, expect

File = Path | dict[str, Any]
"""A file of the disk, or one that the browser is given: name, type, content."""

FAR = 800
"""No place of a page is further than so many presses of the tabulator key."""
NEXT, BEFORE = "Tab", "Shift+Tab"
LIES_AHEAD = """place => {
  const here = document.activeElement;
  return here === document.body || Boolean(here.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""
IS_SEEN = """place => {
  const {left, right, top, bottom} = place.getBoundingClientRect();
  const shown = place.labels?.[0] ?? place;
  return [[left + 2, top + 2], [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]].some(([x, y]) => {
    const there = document.elementFromPoint(x, y);
    return there !== null && (place.contains(there) || there.contains(place) || shown.contains(there));
  });
}"""
"""Whether what has the focus is not hidden under something else (WCAG 2.2, 2.4.11)."""


class Hand(Protocol):
    """What a person can do at a place of a page."""

    def press(self, place: Locator) -> None:
        """Follow a link, press a button, unfold a summary."""

    def enter(self, place: Locator, text: str) -> None:
        """Put a text in a field, in place of what is there."""

    def tick(self, place: Locator) -> None:
        """Tick a box, or choose one of several answers."""

    def select(self, place: Locator, index: int) -> None:
        """Choose from a list that unfolds."""

    def attach(self, place: Locator, files: Sequence[File]) -> None:
        """Choose files of the disk."""


class Mouse:
    """By mouse and keyboard, however it comes."""

    def press(self, place: Locator) -> None:
        place.click()

    def enter(self, place: Locator, text: str) -> None:
        place.fill(text)

    def tick(self, place: Locator) -> None:
        place.check()

    def select(self, place: Locator, index: int) -> None:
        place.select_option(index=index)

    def attach(self, place: Locator, files: Sequence[File]) -> None:
        place.set_input_files(list(files))  # type: ignore[arg-type]


class Finger(Mouse):
    """By finger: every place that is pressed must take a tap."""

    def press(self, place: Locator) -> None:
        place.tap()

    def enter(self, place: Locator, text: str) -> None:
        place.tap()
        place.fill(text)

    def tick(self, place: Locator) -> None:
        if not place.is_checked():
            place.tap()
        expect(place).to_be_checked()


class Keyboard:
    """By the keyboard alone: every place must be reached by its keys, and be in sight when it has the focus."""

    def press(self, place: Locator) -> None:
        self._reach(place)
        place.page.keyboard.press("Enter")

    def enter(self, place: Locator, text: str) -> None:
        self._reach(place)
        place.page.keyboard.press("ControlOrMeta+A")
        place.page.keyboard.press("Delete")
        place.page.keyboard.insert_text(text)

    def tick(self, place: Locator) -> None:
        if place.get_attribute("type") == "radio":
            self._choose(place)
        else:
            self._reach(place)
        if not place.is_checked():
            place.page.keyboard.press("Space")
        expect(place).to_be_checked()

    def select(self, place: Locator, index: int) -> None:
        self._reach(place)
        place.page.keyboard.press("Home")
        for _ in range(index):
            place.page.keyboard.press("ArrowDown")
        assert place.evaluate("list => list.selectedIndex") == index

    def attach(self, place: Locator, files: Sequence[File]) -> None:
        self._reach(place)
        with place.page.expect_file_chooser() as chooser:
            expect(place).to_be_focused()  # an answer of the page, by when the browser has been told to wait for it
            place.page.keyboard.press("Space")
        chooser.value.set_files(list(files))  # type: ignore[arg-type]

    def _choose(self, place: Locator) -> None:
        """Come to the answers of a question, then go on from one to the next by the arrow."""
        name = place.get_attribute("name")
        answers = place.page.locator(f'[type=radio][name="{name}"]')
        self._reach(answers.and_(place.page.locator(":checked")) if _is_answered(answers) else answers)
        for _ in range(answers.count()):
            if _has_focus(place):
                return
            place.page.keyboard.press("ArrowDown")

    def _reach(self, place: Locator) -> None:
        """Go on from where the focus is until one of these places has it."""
        place.first.wait_for()
        key = NEXT if place.first.evaluate(LIES_AHEAD) else BEFORE
        for _ in range(FAR):
            if _has_focus(place):
                assert place.page.locator(":focus").evaluate(IS_SEEN), f"{place} is hidden when it has the focus"
                return
            place.page.keyboard.press(key)
        raise AssertionError(f"no key leads to {place} of {place.page.url}")


def _is_answered(answers: Locator) -> bool:
    return answers.and_(answers.page.locator(":checked")).count() > 0


def _has_focus(place: Locator) -> bool:
    return place.and_(place.page.locator(":focus")).count() > 0
