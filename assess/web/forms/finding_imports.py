"""A file of findings: uploaded with the source of those that say none, and withdrawn by two people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField

from assess.core.findings.catalogue import Catalogue, FindingSource
from assess.core.findings.states import FindingStep
from assess.services.imports.uploading import MAX_UPLOAD_MEGABYTES
from assess.web.filters import localized
from assess.web.forms.documents import DocumentField, DocumentForm
from assess.web.forms.fields import ReasonField
from assess.web.forms.imports import ACCEPTED
from assess.web.forms.seen import SeenForm


class FindingsForm(DocumentForm):
    """A file of findings."""

    source = SelectField(
        _l("Source of these findings"),
        description=_l("Used for every row without its own source."),
        choices=[],
        default=FindingSource.HOTLINE.value,
        validate_choice=False,
    )
    file = DocumentField(
        _l("File of findings"),
        most=MAX_UPLOAD_MEGABYTES,
        description=_l("Excel (.xlsx, .xls) or CSV, at most %(most)s MB.", most=MAX_UPLOAD_MEGABYTES),
        render_kw={"accept": ACCEPTED},
    )

    def offer(self, catalogue: Catalogue) -> None:
        """Leave the sources to choose from."""
        self.source.choices = [SelectChoice(name, localized(called)) for name, called in catalogue.sources.items()]


class WithdrawImportForm(SeenForm):
    """Asking that an accepted file be withdrawn, or taking that back."""

    reason = ReasonField(_l("Reason for withdrawal"))


class DecideForm(WithdrawImportForm):
    """Deciding on a request to withdraw a file."""

    step = RadioField(
        _l("Your decision"),
        choices=[
            SelectChoice(FindingStep.APPROVE.value, _l("Withdraw the file (all its findings become void)")),
            SelectChoice(FindingStep.REFUSE.value, _l("Keep its findings")),
        ],
        validate_choice=False,
    )
    reason = ReasonField(_l("Reason for keeping them"))
