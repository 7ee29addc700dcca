"""What people type to sign in, to set a password, and about themselves."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import PasswordField

from assess.web.forms.fields import Form, LineField, required


class SignInForm(Form):
    """Who, and the password."""

    username = LineField(
        _("Username"),
        required(_("Enter your username")),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Password"), required(_("Enter your password")), render_kw={"autocomplete": "current-password"}
    )
