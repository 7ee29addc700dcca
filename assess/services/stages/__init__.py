"""The stages of a year: their dates, its moves from one to the next, and moves that a second person approves."""

from assess.services.stages.approving import (
    RequestPage,
    approve_move,
    ask_move,
    open_request,
    refuse_move,
    request_page,
    withdraw_move,
)
from assess.services.stages.dates import Days, as_json, set_dates, write_dates
from assess.services.stages.moving import Unfinished, check_way, ending_shown, in_the_way, move_year, unfinished

__all__ = [
    "Days",
    "RequestPage",
    "Unfinished",
    "approve_move",
    "as_json",
    "ask_move",
    "check_way",
    "ending_shown",
    "in_the_way",
    "move_year",
    "open_request",
    "refuse_move",
    "request_page",
    "set_dates",
    "unfinished",
    "withdraw_move",
    "write_dates",
]
