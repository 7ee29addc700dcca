"""The public check page: what a sealed document is, by the code that stands on it or by the file itself."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assess.core.errors import Declined, NotFound
from assess.services import seals
from assess.web.forms.seals import CodeForm, FileForm
from assess.web.pages import Audience, Page
from assess.web.request import database, now, reader
from assess.web.sign_in import caller
from assess.web.submission import status_of, submission

bp = Blueprint("checks", __name__, url_prefix="/check")


@bp.route("", methods=["GET", "POST"])
@Page(Audience.ANYONE)
def show() -> ResponseReturnValue:
    """The form for a code and the form for a file; what the file that was sent is."""
    typed = flask_request.args.get("code", "").strip()
    if flask_request.method != "POST":
        return redirect(url_for("checks.code", check_code=typed), code=303) if typed else forms()
    form = FileForm()
    done = submission(form, is_too_often)
    if done is None:
        return forms(form=form, status=status_of(form))
    if done.result:
        return too_often(form)
    count()
    found = seals.check_file(reader(), form.upload.data)
    return render_template("checks/file.html", found=found, name=form.upload.name)


@bp.route("/<check_code>")
@Page(Audience.ANYONE)
def code(check_code: str) -> ResponseReturnValue:
    """What the document with this code is."""
    form = CodeForm.holding(check_code)
    if is_too_often():
        return too_often(form)
    try:
        known = seals.check_code_typed(reader(), check_code)
    except Declined as error:
        count()
        form.take(error)
        return forms(form=form, status=404 if isinstance(error, NotFound) else 422)
    return render_template("checks/code.html", known=known)


def forms(form: CodeForm | FileForm | None = None, status: int = 200) -> ResponseReturnValue:
    """The page with both forms, one of them perhaps with what is wrong in it."""
    by_code = form if isinstance(form, CodeForm) else CodeForm.holding("")
    by_file = form if isinstance(form, FileForm) else FileForm()
    return render_template("checks/show.html", form=form, by_code=by_code, by_file=by_file), status


def too_often(form: CodeForm | FileForm) -> ResponseReturnValue:
    """The page that says to wait."""
    form.form_errors.append(_("Too many attempts from here. Wait 15 minutes, then try again."))
    return forms(form=form, status=429)


def is_too_often() -> bool:
    """Whether too many looks came from this address."""
    return seals.looks_left(reader(), address=caller(), now=now()) < 1


def count() -> None:
    """Count a look, in a transaction of its own that outlives a refusal."""
    with database().writing() as writer:
        seals.count_look(writer, address=caller(), now=now())
