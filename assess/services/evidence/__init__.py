"""Evidence (佐证): files kept and attached to figures, the form as a workbook and on paper, its signed scan."""

from assess.services.evidence.attaching import MAX_FILES, Attached, attach_files, withdraw_attachment
from assess.services.evidence.figures import attach_to_figure, check_may_change, withdraw_from_figure
from assess.services.evidence.forgetting import forget_unclaimed
from assess.services.evidence.form_books import FormFieldChange, FormFilling, accept_filling, read_filling
from assess.services.evidence.keeping import MAX_BYTES, MAX_MEGABYTES, Incoming, KeptFiles, keep_files
from assess.services.evidence.pages import (
    EvidenceDownload,
    FigureEvidencePage,
    figure_page,
    file_to_send,
    names_by_figure,
)
from assess.services.evidence.papers import form_on_paper, form_workbook
from assess.services.evidence.repeats import repeats_of
from assess.services.evidence.signed import (
    SIGNED_FORM,
    attach_signed_form,
    closed_to_signing,
    withdraw_signed_form,
)

__all__ = [
    "MAX_BYTES",
    "MAX_FILES",
    "MAX_MEGABYTES",
    "SIGNED_FORM",
    "Attached",
    "EvidenceDownload",
    "FigureEvidencePage",
    "FormFieldChange",
    "FormFilling",
    "Incoming",
    "KeptFiles",
    "accept_filling",
    "attach_files",
    "attach_signed_form",
    "attach_to_figure",
    "check_may_change",
    "closed_to_signing",
    "figure_page",
    "file_to_send",
    "forget_unclaimed",
    "form_on_paper",
    "form_workbook",
    "keep_files",
    "names_by_figure",
    "read_filling",
    "repeats_of",
    "withdraw_attachment",
    "withdraw_from_figure",
    "withdraw_signed_form",
]
