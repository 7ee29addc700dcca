"""The ledger of inspection findings at work: recorded, put right, reviewed, closed, looked back at, counted."""

from assess.services.findings.lines import FindingLine
from assess.services.findings.lists import Board, BoardLine, FindingList, board_of, counts_of, findings_of
from assess.services.findings.pages import FindingHistoryEntry, FindingPage, PhotoView, finding_page
from assess.services.findings.photos import add_photos, keep_photos, photo_to_send, photos_waiting, withdraw_photo
from assess.services.findings.recording import Recorded, record_finding
from assess.services.findings.repeats import Candidate, link_repeat, unlink_repeat
from assess.services.findings.seeing import catalogue_in
from assess.services.findings.stepping import take_step

__all__ = [
    "Board",
    "BoardLine",
    "Candidate",
    "FindingHistoryEntry",
    "FindingLine",
    "FindingList",
    "FindingPage",
    "PhotoView",
    "Recorded",
    "add_photos",
    "board_of",
    "catalogue_in",
    "counts_of",
    "finding_page",
    "findings_of",
    "keep_photos",
    "link_repeat",
    "photo_to_send",
    "photos_waiting",
    "record_finding",
    "take_step",
    "unlink_repeat",
    "withdraw_photo",
]
