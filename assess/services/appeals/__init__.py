"""Appeals (申诉) of units against lines of their released result."""

from assess.core.appeals.filing import EXEMPT, TypedAppeal
from assess.core.appeals.naming import called_number
from assess.services.appeals.lodging import (
    AppealWindow,
    LineToAppeal,
    add_evidence,
    line_to_appeal,
    lodge_appeal,
    window_of,
    withdraw_appeal,
)
from assess.services.appeals.pages import (
    AppealLine,
    AppealList,
    AppealPage,
    AppealView,
    appeal_page,
    appeals_of,
    open_by_item,
    own_appeals,
)

__all__ = [
    "EXEMPT",
    "AppealLine",
    "AppealList",
    "AppealPage",
    "AppealView",
    "AppealWindow",
    "LineToAppeal",
    "TypedAppeal",
    "add_evidence",
    "appeal_page",
    "appeals_of",
    "called_number",
    "line_to_appeal",
    "lodge_appeal",
    "open_by_item",
    "own_appeals",
    "window_of",
    "withdraw_appeal",
]
