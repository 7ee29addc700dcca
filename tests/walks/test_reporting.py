"""An official reports, and is sent back: from the list of things to do to the second receipt."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from assess.core.text import Text
from tests.browsing import Walker
from tests.sites import Site
from tests.walks.person import Manner, Person

ECOLOGY = Text("生态保护与花园城市", "Ecology and garden city")
GREEN = Text("新增绿化面积", "New green space")
PATROLS = Text("栖息地巡护计划完成率", "Share of the habitat patrol plan done")
NOT_A_NUMBER = Text("“许多”不是数字，请只填数字，例如31.5。", "“many” is not a number. Enter one such as 31.5.")
IN_SUMMARY = Text("新增绿化面积：{what}", "New green space: {what}")
HECTARES = Text("{n}公顷", "{n} ha")
MANY = Text("许多", "many")
JIANWAI = Text("建外街道", "Jianwai Subdistrict")
REASON = Text("绿化面积与台账不符，请核对。", "The green space differs from the register: check it.")


def test_an_official_reports_and_reports_again(site: Site, walker: Walker, manner: Manner):
    reports_and_reports_again(site, walker, manner)


def test_an_official_reports_and_reports_again_without_scripts(site: Site, walker: Walker):
    reports_and_reports_again(site, walker, Manner(scripts=False))


def reports_and_reports_again(site: Site, walker: Walker, manner: Manner) -> None:
    """The form is filled in, left, taken up again, submitted, returned and submitted again."""
    official = manner.signs_in(walker, site.accounts[2])
    is_refused_a_wrong_value(official)
    is_overtaken(official, manner.signs_in(walker, site.accounts[3]))
    attaches_evidence(official)
    leaves_and_comes_back(official)
    submits(official, number=1)
    is_sent_back(official, manner.signs_in(walker, site.account("evaluator")))
    changes_a_value(official)
    submits(official, number=2)

    before, now = (official.words(HECTARES, n=amount) for amount in ("1.5", "1.1"))
    assert official.cells("Changed values") == [[official.words(GREEN), f"{before} → {now}"]]


def is_refused_a_wrong_value(official: Person) -> None:
    """What was typed stays, with the reason beside it and on top."""
    assert official.heading == official.words("To do")
    official.follows(ECOLOGY)
    official.answers(GREEN, official.words(MANY))
    official.answers(PATROLS, "96")

    assert official.presses("Save and stay here") == 422
    assert official.problems == [official.words(IN_SUMMARY, what=official.words(NOT_A_NUMBER))]
    assert official.words(NOT_A_NUMBER) in official.beside(GREEN)
    assert official.answer(GREEN).input_value() == official.words(MANY)
    assert official.answer(PATROLS).input_value() == "96"


def is_overtaken(official: Person, colleague: Person) -> None:
    """Of two who save the same section, the second sees both values and chooses."""
    colleague.goes_to(official.page.url)
    colleague.answers(GREEN, "1.5")
    assert colleague.presses("Save and stay here") == 303

    official.answers(GREEN, "1.2")
    assert official.presses("Save and stay here") == 409
    assert official.heading == official.words("Two changes to the same entry")
    assert official.offers(GREEN) == [official.words(HECTARES, n="1.5"), official.words(HECTARES, n="1.2")]
    assert official.presses("Save") == 422
    official.picks(GREEN, HECTARES, n="1.5")
    assert official.presses("Save") == 303
    assert official.answer(GREEN).input_value() == "1.5"
    assert official.answer(PATROLS).input_value() == "96"
    assert [row[1:3] for row in official.cells("Items that use this section")] == [["1.80", "1.5"], ["1.92", "2"]]


def attaches_evidence(official: Person) -> None:
    """A file that proves an answer stands beside it."""
    assert official.presses("Save, then upload evidence", about=GREEN) == 303
    official.chooses("New files", a_pdf("register.pdf"))
    assert official.presses("Upload") == 303
    assert [row[0].split()[0] for row in official.cells("Uploaded files")] == ["register.pdf"]
    official.follows("Back to the form")
    assert "register.pdf" in official.asked(GREEN).inner_text()


def leaves_and_comes_back(official: Person) -> None:
    """What was saved stands there the next time."""
    official.goes_to("/")
    official.follows(ECOLOGY)
    assert official.answer(GREEN).input_value() == "1.5"
    assert official.answer(PATROLS).input_value() == "96"


def submits(official: Person, *, number: int) -> None:
    """All answers are checked, declared and handed in, for a receipt."""
    official.goes_to("/")
    official.follows("Check and submit")
    official.types("Name of the responsible leader", "Zhao")
    official.hand.tick(official.page.get_by_role("checkbox"))
    assert official.presses("Submit the form") == 303
    assert official.heading == official.words("Receipt %(number)s", number=f"2026-110105001-0{number}")


def is_sent_back(official: Person, evaluator: Person) -> None:
    """The reason for which a form comes back is the first thing the official reads."""
    evaluator.follows("Submissions")
    evaluator.follows(JIANWAI)
    evaluator.follows("Return the form")
    evaluator.types("What must be changed, and why", evaluator.words(REASON))
    assert evaluator.presses("Return the form") == 303

    official.goes_to("/")
    assert official.words("Returned: %(reason)s", reason=official.words(REASON)) in official.text


def changes_a_value(official: Person) -> None:
    """What came back is open again."""
    official.follows(ECOLOGY)
    official.answers(GREEN, "1.1")
    assert official.presses("Save and stay here") == 303


def a_pdf(name: str) -> dict[str, Any]:
    """A real file of one page."""
    written = BytesIO()
    canvas = Canvas(written)
    canvas.drawString(72, 720, "Register of green space, demonstration")
    canvas.save()
    return {"name": name, "mimeType": "application/pdf", "buffer": written.getvalue()}
