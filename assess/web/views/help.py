"""The help page: what each role does in the year, what messages mean, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right, Role
from assess.web.pages import Audience, Page
from assess.web.request import signed_in

bp = Blueprint("help", __name__)


def explained(key: LazyString, value: LazyString) -> dict[str, LazyString]:
    """A row of a summary list."""
    return {"key": key, "value": value}


STEPS: Final[Mapping[Role, tuple[LazyString, ...]]] = {
    Role.OFFICIAL: (
        _l("The home page begins with what is overdue or due soon. Open it first."),
        _l("Fill in the self-assessment form section by section and save as often as you like."),
        _l("Upload evidence where a figure requires it. One file can serve several figures."),
        _l("Check the form before you submit it: the page lists missing entries and unusual values."),
        _l("If the form is returned, the home page shows the reason. Correct the form and submit it again."),
        _l("Correct findings and submit progress of tasks on time."),
        _l("Read your scorecard once the result is released: each deduction states its clause, figure and evidence."),
        _l("If something is wrong, open the item and appeal before the period ends."),
    ),
    Role.EVALUATOR: (
        _l("Submit the figures of your department in an Excel file: the template, or a file of your own."),
        _l("If the file has errors, it is returned with the wrong cells marked. Correct them and upload it again."),
        _l("Certify the values that units submitted. Unusual values come first."),
        _l("Record findings, also on a phone, and review the corrections of the units."),
    ),
    Role.OFFICE: (
        _l("Set up the year step by step: units, rule sheet, tasks, people. Then open it."),
        _l("Follow the progress of units and departments from the home page."),
        _l("Score the units, check the warnings and release the provisional result."),
        _l("Decide appeals. Before you confirm a decision, you see which points and ranks change."),
        _l("Seal the result, hand it over and archive the year."),
    ),
    Role.LEADER: (
        _l(
            "The ranking shows every unit on one line. Sort it by a section to see which units are "
            "behind, and open a unit for the reasons."
        ),
        _l("Compare two to four units side by side, or look at the months."),
        _l("Until the result is sealed, it can still change. Every page states the stage of the year."),
    ),
    Role.RECEIVER: (
        _l("Download each handover and check it with its check code."),
        _l(
            "Acknowledge it, or report what is wrong. A correction gets a new number and states "
            "which handover it corrects."
        ),
    ),
}
"""What each role does, in the order of the year."""
MESSAGES: Final = (
    explained(
        _l("Someone else changed this"),
        _l(
            "A colleague saved the same content after you opened the page. Your entries are still on "
            "the page. Compare them and send them again."
        ),
    ),
    explained(
        _l("Your sign-in has ended"),
        _l("This happens after 30 minutes without opening a page. Your entries are not lost. Sign in, then send them."),
    ),
    explained(
        _l("The file has errors"),
        _l(
            "Nothing was saved. Download the marked file: each wrong cell is coloured and has a "
            "note that says what to do."
        ),
    ),
    explained(
        _l("There is a problem with the service"),
        _l(
            "Nothing was saved. Try again later. If it happens again, give the assessment office "
            "the number on the page."
        ),
    ),
)
"""Messages that may worry somebody, and what to do."""
WORDS: Final = (
    explained(
        _l("Item"), _l("One line of the rule sheet for which a unit earns or loses points. Items belong to sections.")
    ),
    explained(
        _l("Figure"),
        _l("What is counted or measured for an item, such as a number of days. A value is what was entered for it."),
    ),
    explained(_l("Certify"), _l("Confirm that a value is right. Only certified values count in the result.")),
    explained(
        _l("Run"),
        _l("One calculation of all points with the values of one moment. It can be repeated with the same result."),
    ),
    explained(_l("Provisional result"), _l("The result that is public while units may appeal.")),
    explained(
        _l("Seal"), _l("Make a result final: its files are signed, and anyone can check that they were not changed.")
    ),
)
"""Words that a newcomer meets first."""


@bp.route("/help")
@Page(Audience.ANYONE, title=_l("Help"))
def show() -> ResponseReturnValue:
    """What to do, with the steps of the reader's own roles open."""
    person = signed_in()
    own = person.roles if person else frozenset(Role)
    writes_rules = person is not None and person.may(Right.ADMINISTER)
    shown = {"own": own, "writes_rules": writes_rules}
    return render_template("help/show.html", steps=STEPS, messages=MESSAGES, words=WORDS, **shown)
