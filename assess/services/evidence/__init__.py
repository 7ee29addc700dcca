"""Evidence (佐证): files kept, attached to figures and withdrawn."""

from assess.services.evidence.attaching import MAX_FILES, Attached, attach_files, withdraw_attachment
from assess.services.evidence.figures import attach_to_figure, check_may_change, withdraw_from_figure
from assess.services.evidence.forgetting import forget_unclaimed
from assess.services.evidence.keeping import MAX_BYTES, MAX_MEGABYTES, Incoming, KeptFiles, keep_files
from assess.services.evidence.pages import (
    EvidenceDownload,
    FigureEvidencePage,
    figure_page,
    file_to_send,
    names_by_figure,
)
from assess.services.evidence.repeats import repeats_of

__all__ = [
    "MAX_BYTES",
    "MAX_FILES",
    "MAX_MEGABYTES",
    "Attached",
    "EvidenceDownload",
    "FigureEvidencePage",
    "Incoming",
    "KeptFiles",
    "attach_files",
    "attach_to_figure",
    "check_may_change",
    "figure_page",
    "file_to_send",
    "forget_unclaimed",
    "keep_files",
    "names_by_figure",
    "repeats_of",
    "withdraw_attachment",
    "withdraw_from_figure",
]
