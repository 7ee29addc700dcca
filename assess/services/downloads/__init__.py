"""Results to be taken away: book, cards and ranking; what takes long is made by a job and kept for a while."""

from assess.services.downloads.asking import ask_download
from assess.services.downloads.making import KIND, downloading_in
from assess.services.downloads.offering import DownloadPage, download_page
from assess.services.downloads.sending import card_to_send, download_to_send

__all__ = [
    "KIND",
    "DownloadPage",
    "ask_download",
    "card_to_send",
    "download_page",
    "download_to_send",
    "downloading_in",
]
