"""Files on their way to a reader."""

from __future__ import annotations

from flask import Response, send_file
from flask import request as flask_request

from assess.services.evidence.pages import EvidenceDownload


def kept_file(sent: EvidenceDownload) -> Response:
    """A file that somebody uploaded, to be saved and never shown inside the service."""
    answer = send_file(sent.path, mimetype=sent.media_type, as_attachment=True, download_name=sent.name, max_age=0)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def shown_picture(sent: EvidenceDownload) -> Response:
    """A picture that pages show; a browser may keep it, and asks each time whether its reader may still see it."""
    tag = sent.path.name
    if flask_request.if_none_match.contains(tag):
        answer = Response(status=304)
    else:
        answer = send_file(sent.path, mimetype=sent.media_type, download_name=sent.name, conditional=False)
    answer.set_etag(tag)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
