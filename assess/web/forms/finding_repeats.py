"""Which earlier finding one repeats, and why it repeats none after all."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from assess.web.forms.fields import LineField, ReasonField, number_in
from assess.web.forms.seen import RefreshedForm


class LinkForm(RefreshedForm):
    """The number of the earlier finding."""

    earlier = LineField(
        _l("Number of the earlier finding"),
        description=_l("A finding of the same unit and type, such as 12."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )

    @property
    def number(self) -> int:
        """The number that was chosen or typed; 0, which none has, where it is none."""
        return number_in(self.earlier.data or "")


class UnlinkForm(RefreshedForm):
    """Why a finding repeats none."""

    reason = ReasonField(_l("Why it is not a repeat"))
