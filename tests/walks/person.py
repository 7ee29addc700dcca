"""Somebody at the pages, who finds everything by the words of one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Response

from assess.core.text import Language, Text
from assess.web.translations import catalogue
from tests.browsing import Walker, check_access
from tests.walks.hands import File, Finger, Hand, Keyboard, Mouse

Said = str | Text
"""A message of the pages by its English wording, or a text that has both."""
MOUSE, FINGER, KEYBOARD = Mouse(), Finger(), Keyboard()
NOT_IN_A_NAME = re.compile(r"\W+")


@dataclass(frozen=True)
class Manner:
    """How somebody comes: what they read, what they work the pages with, and where pictures of these are kept."""

    language: Language = "en"
    hand: Hand = MOUSE
    scripts: bool = True
    pictures: Path | None = None

    def opens(self, walker: Walker, path: str) -> Person:
        """Come to a page in a window of one's own, by finger on a phone."""
        page = walker.open(path, language=self.language, phone=self.hand is FINGER, scripts=self.scripts)
        return Person(page, self.language, self.scripts, hand=self.hand, pictures=self.pictures)

    def signs_in(self, walker: Walker, account: Mapping[str, Any]) -> Person:
        """Sign in, and be at home."""
        person = self.opens(walker, f"/language/{self.language}?next=/sign-in")
        person.gives_password(account["username"], account["password"])
        assert person.page.url == f"{walker.address}/"
        return person


@dataclass(frozen=True)
class Person:
    """A window of the browser, and the language of who reads it."""

    page: Page
    language: Language = "en"
    scripts: bool = True
    seen: set[tuple[str, str]] = field(default_factory=set)
    """Pages that were found to be open to everybody: no need to look again."""
    hand: Hand = MOUSE
    pictures: Path | None = None
    """Where a picture of every page is kept that is seen for the first time."""

    def words(self, message: Said, **facts: object) -> str:
        """A message as this person reads it."""
        if isinstance(message, Text):
            return message.localized(self.language, **{name: str(fact) for name, fact in facts.items()})
        worded = str(catalogue(self.language).ugettext(message))
        return worded % facts if facts else worded

    def goes_to(self, path: str) -> Response:
        """Open a page by its address."""
        answer = self.page.goto(path)
        assert answer is not None
        self.looks()
        return answer

    def follows(self, message: Said, **facts: object) -> None:
        """Click a link of these words."""
        name = self.words(message, **facts)
        with self.page.expect_navigation():
            self.hand.press(self.link(name))
        self.looks()

    def takes(self, message: Said, **facts: object) -> bytes:
        """What a link of these words gives to keep."""
        with self.page.expect_download() as download:
            self.hand.press(self.link(self.words(message, **facts)))
        return Path(download.value.path()).read_bytes()

    def link(self, name: str) -> Locator:
        """The first link of a name that is in sight, or the first once what hides it is unfolded."""
        found = [self.page.get_by_role(role, name=name, exact=True, include_hidden=True) for role in ("link", "button")]
        links = found[0].or_(found[1]).and_(self.page.locator("a"))
        links.first.wait_for(state="attached")
        if not links.filter(visible=True).count():
            self.unfolds(links.first)
        return links.filter(visible=True).first

    def unfolds(self, place: Locator) -> None:
        """Open the menu or the details in which a place is folded away."""
        folded = self.page.locator("details:not([open])").filter(has=place).locator("> summary")
        menu = self.page.locator(".assess-menu__button")
        for fold in folded.all() or [menu]:
            self.hand.press(fold)
        place.wait_for()

    def presses(self, message: Said, *, about: Text | None = None, **facts: object) -> int:
        """Click a button of these words; gives the status of the answer, before it led on to another page."""
        name = self.words(message, **facts)
        if about is not None:
            name = f"{name} {self.words(about)}"
        button = self.page.get_by_role("button", name=name, exact=True).first
        with self.page.expect_navigation() as arrived:
            self.hand.press(button)
        self.looks()
        return first_status(arrived.value)

    def answers(self, question: Text, text: str, period: str = "") -> None:
        """Type the answer of a question of a form."""
        self.hand.enter(self.answer(question, period), text)

    def answer(self, question: Text, period: str = "") -> Locator:
        """The field in which a question is answered, that of a period where there are several."""
        return self.asked(question).get_by_role("textbox", name=period).first

    def asked(self, question: Text) -> Locator:
        """The part of the page that asks a question."""
        return self.page.get_by_role("group", name=self.words(question), exact=True)

    def types(self, label: Said, text: str) -> None:
        """Fill in the field of a label."""
        self.hand.enter(self.labelled(label), text)

    def offers(self, question: Text) -> list[str]:
        """What there is to choose from as the answer of a question."""
        return self.asked(question).locator("label").all_inner_texts()

    def picks(self, question: Text, message: Said, **facts: object) -> None:
        """Choose one of the answers of a question."""
        self.hand.tick(self.asked(question).get_by_label(self.words(message, **facts), exact=True))

    def ticks(self, message: Said) -> None:
        """Tick a box, or choose the answer of these words."""
        self.hand.tick(self.labelled(message))

    def beside(self, question: Text) -> str:
        """All that is said about the answer of a question."""
        field = self.answer(question)
        places = (field.get_attribute("aria-describedby") or "").split()
        return " ".join(self.page.locator(f'[id="{place}"]').inner_text() for place in places)

    def chooses(self, label: Said, *files: File) -> None:
        """Choose files for a field."""
        self.hand.attach(self.labelled(label), files)

    def gives_password(self, username: str, password: str) -> None:
        """Fill in the page that asks who one is."""
        self.hand.enter(self.page.locator("#username"), username)
        self.hand.enter(self.page.locator("#password"), password)
        assert self.presses("Sign in") == 303

    def uploads(self, name: str, content: str | bytes, *, press: Said = "Upload and check", status: int = 303) -> None:
        """Choose one file in the page's only place for files, and send it."""
        data = content.encode() if isinstance(content, str) else content
        place = self.page.locator("input[type=file]")
        self.hand.attach(place, [{"name": name, "mimeType": "application/octet-stream", "buffer": data}])
        assert self.presses(press) == status

    def labelled(self, label: Said) -> Locator:
        """The field of a label."""
        return self.page.get_by_label(self.words(label), exact=True).first

    @property
    def heading(self) -> str:
        """The heading of the page."""
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def text(self) -> str:
        """All that stands on the page, but for the frame around it."""
        return " ".join(self.page.get_by_role("main").inner_text().split())

    @property
    def problems(self) -> list[str]:
        """The error summary."""
        return self.page.locator(".govuk-error-summary__list li").all_inner_texts()

    def cells(self, caption: Said, **facts: object) -> list[list[str]]:
        """The rows of a table, without its headings."""
        table = self.page.get_by_role("table", name=self.words(caption, **facts), exact=True)
        table.wait_for()
        return [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all()]

    def looks(self) -> None:
        """See that a page has one heading, is in the reader's language, fits the screen, and is open to everybody."""
        assert self.page.locator("h1").count() == 1
        assert self.page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[self.language]
        assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, self.page.url
        if self.scripts and (shown := (self.page.url, self.page.title())) not in self.seen:
            assert check_access(self.page) == [], self.page.url
            self.seen.add(shown)
            self.keeps_picture()

    def keeps_picture(self) -> None:
        """Add a picture of the page to those of the journey: `07-ranking.png`."""
        if self.pictures is None:
            return
        self.pictures.mkdir(parents=True, exist_ok=True)
        name = NOT_IN_A_NAME.sub("-", urlsplit(self.page.url).path).strip("-") or "home"
        number = len(list(self.pictures.iterdir())) + 1
        self.page.screenshot(path=self.pictures / f"{number:02}-{name}.png", full_page=True)


def sign_in(
    walker: Walker,
    account: Mapping[str, Any],
    *,
    language: Language = "en",
    phone: bool = False,
    scripts: bool = True,
) -> Person:
    """Somebody who has just signed in and is at home."""
    return Manner(language, FINGER if phone else MOUSE, scripts).signs_in(walker, account)


def first_status(answer: Response) -> int:
    """The status of what was asked first, where one answer led on to another."""
    request = answer.request
    while request.redirected_from is not None:
        request = request.redirected_from
    first = request.response()
    assert first is not None
    return first.status
