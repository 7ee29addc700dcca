"""The files of a hand-over: JSON, CSV and workbooks; the same hand-over gives the same bytes."""

from assess.files.handover.documents import FILES, FileOf, read_data

__all__ = ["FILES", "FileOf", "read_data"]
