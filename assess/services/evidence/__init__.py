"""Evidence (佐证): files kept and attached to figures, the form as a workbook and on paper, its signed scan."""

from assess.services.evidence.attaching import MOST_FILES, Attached, attach_files, withdraw_attachment
from assess.services.evidence.figures import attach_to_figure, withdraw_from_figure
from assess.services.evidence.keeping import MOST_BYTES, MOST_MEGABYTES, Incoming, Kept, forget_unclaimed, keep_files
from assess.services.evidence.pages import FigurePage, Sent, figure_page, file_to_send, names_by_figure
from assess.services.evidence.repeats import repeats_of

__all__ = [
    "MOST_BYTES",
    "MOST_FILES",
    "MOST_MEGABYTES",
    "Attached",
    "FigurePage",
    "Incoming",
    "Kept",
    "Sent",
    "attach_files",
    "attach_to_figure",
    "figure_page",
    "file_to_send",
    "forget_unclaimed",
    "keep_files",
    "names_by_figure",
    "repeats_of",
    "withdraw_attachment",
    "withdraw_from_figure",
]
