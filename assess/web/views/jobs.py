"""Background work: how the jobs stand, and running one again that did not succeed."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.jobs import JobState, kind_called
from assess.services.ended_jobs import ask_again
from assess.store.queries.jobs import mails_of, number_of_jobs, recent_jobs
from assess.web.pages import Area, Page
from assess.web.request import actor, db, now, reader

bp = Blueprint("jobs", __name__)

TAGS: Final = {
    JobState.WAITING: "waiting",
    JobState.RUNNING: "running",
    JobState.DONE: "done",
    JobState.FAILED: "failed",
}
"""The look of each state."""


@bp.route("/jobs")
@Page(Right.ADMINISTER, title=_l("Jobs"), area=Area.LOGS, place=260)
def listing() -> ResponseReturnValue:
    """The newest jobs, and how many did not succeed."""
    rows = recent_jobs(reader())
    failed = number_of_jobs(reader(), state=JobState.FAILED)
    about = mails_of(reader(), rows)
    return render_template(
        "jobs/listing.html", rows=rows, about=about, failed=failed, tags=TAGS, kind_called=kind_called
    )


@bp.route("/jobs/<row:job>/again", methods=["POST"])
@Page(Right.ADMINISTER)
def again(job: int) -> ResponseReturnValue:
    """Run a job once more."""
    ask_again(db(), actor(), job=job, now=now())
    flash(_("The job will run again."), "success")
    return redirect(url_for("jobs.listing"), code=303)
