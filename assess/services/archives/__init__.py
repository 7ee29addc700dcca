"""The archive of a year: one file that opens without the service; and the check of all that an instance keeps."""

from assess.services.archives.asking import ask_archive
from assess.services.archives.making import KIND, archiving_in
from assess.services.archives.pages import ArchivePage, archive_page, archive_to_send

__all__ = ["KIND", "ArchivePage", "archive_page", "archive_to_send", "archiving_in", "ask_archive"]
