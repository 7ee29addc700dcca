"""The files of a hand-over: JSON, CSV and workbooks; the same hand-over gives the same bytes."""

from assess.files.handover.documents import FILES, FileOf, read_data
from assess.files.handover.tables import CHANGE_HEADINGS, MEMBER_HEADINGS, UNIT_HEADINGS

__all__ = ["CHANGE_HEADINGS", "FILES", "MEMBER_HEADINGS", "UNIT_HEADINGS", "FileOf", "read_data"]
