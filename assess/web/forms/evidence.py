"""What is handed in to prove a figure: files, those that are here already, and where to look in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from assess.core.text import Text
from assess.services.evidence import MAX_FILES, MAX_MEGABYTES, Attached
from assess.services.evidence.attaching import MAX_NOTE_LENGTH
from assess.store.queries.evidence import AttachedRow, KeptRow
from assess.web.forms.documents import DoingForm
from assess.web.forms.fields import Form, LineField
from assess.web.request import language

AT_ONCE: Final = Text(
    "一次最多上传{most}个文件，您选了{n}个，均未上传，请合并或分几次上传。",
    "You can upload at most {most} files at once. You selected {n}, so none was uploaded. Merge some, or "
    "upload them in several steps.",
)
ACCEPTED: Final = ".pdf,.ofd,.png,.jpg,.jpeg,.gif,.webp,.heic,.doc,.docx,.xls,.xlsx,.ppt,.pptx"


class TickedField(SelectMultipleField):  # type: ignore[misc]
    """Boxes to tick; the service finds what was not offered."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **options)


class FilesForm(Form):
    """A form to which files may be given."""

    @property
    def too_many(self) -> tuple[Text, ...]:
        """What to say where more files come at once than one figure takes."""
        count = len(self["files"].data or ())
        return (AT_ONCE.format(most=MAX_FILES, n=count),) if count > MAX_FILES else ()

    def complain(self, wrongs: Iterable[Text]) -> None:
        """Say beside the field what is wrong with files that came."""
        self["files"].process_errors = [
            *self["files"].process_errors,
            *(wrong.localized(language()) for wrong in wrongs),
        ]


class KeepingForm(FilesForm):
    """A form to which files may be given, and those of an earlier try that wait to be attached."""

    files = MultipleFileField(
        _("New files"),
        description=_(
            "PDF, OFD, pictures, Word, Excel or PowerPoint. Several at once, at most %(most)s MB each. "
            "Unpack archives first.",
            most=MAX_MEGABYTES,
        ),
        render_kw={"accept": ACCEPTED},
    )
    kept = TickedField(_("Uploaded, not added here yet"))

    @property
    def claims(self) -> list[str]:
        """The files that are ticked."""
        return list(self.kept.data or ())

    def offer_kept(self, files: Iterable[KeptRow]) -> None:
        """Offer files that were kept, ticked."""
        names = {file.sha256: file.file_name for file in files}
        self.kept.choices = [SelectChoice(sha256, name) for sha256, name in names.items()]
        self.kept.data = list(names)


class AttachForm(KeepingForm):
    """Files for one figure."""

    others = TickedField(_("Files the unit uploaded for other figures"))
    note = LineField(
        _("Where to look (optional)"),
        description=_("The page, cell or photo that shows it, for example: page 3, table 2"),
        most=MAX_NOTE_LENGTH,
    )

    @property
    def claims(self) -> list[str]:
        """The files that are ticked."""
        return [*(self.kept.data or ()), *(self.others.data or ())]

    def offer(self, others: Iterable[AttachedRow], where: Mapping[str, str]) -> None:
        """Let files of the unit be ticked, each with what it is attached to."""
        self.others.choices = [SelectChoice(row.sha256, f"{row.file_name} ({where[row.subject]})") for row in others]


class AcceptBookForm(DoingForm):
    """A workbook that was previewed, and the stamp of the form it was compared with."""

    document = HiddenField()
    seen = HiddenField()


class SignedForm(FilesForm):
    """The scan of the signed and sealed form."""

    files = MultipleFileField(
        _("Scan of the signed and sealed form"),
        description=_("PDF, JPG or PNG, at most %(most)s MB each.", most=MAX_MEGABYTES),
        render_kw={"accept": ".pdf,.png,.jpg,.jpeg"},
    )


def told_attached(done: Attached) -> Iterable[tuple[str, str]]:
    """What a person reads after attaching: category and words."""
    names = {"names": "、".join(done.new) if language() == "zh" else ", ".join(done.new)}
    if done.new:
        yield "success", str(_("Uploaded: %(names)s", **names))
    for name in done.before:
        yield "information", str(_("%(name)s is already here and was not added again.", name=name))
    for warning in done.warnings:
        yield "warning", warning.localized(language())
