"""Background work: how the jobs stand, and running one again that did not succeed."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from assess.core.actors import Right
from assess.core.jobs import JobState, kind_called
from assess.services.ended_jobs import ask_again
from assess.store.queries.jobs import counts_of_jobs, mails_of, recent_jobs
from assess.web.forms.jobs import JobFilterForm
from assess.web.pages import Area, Page
from assess.web.paging import SIZE, page_asked_for, page_of
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
    """The jobs, or those in one state, newest first, and how many did not succeed."""
    counts, number = counts_of_jobs(reader()), page_asked_for()
    form = JobFilterForm(flask_request.args)
    form.offer(counts)
    states = form.states
    rows = recent_jobs(reader(), states=states, start=(number - 1) * SIZE, size=SIZE)
    facts = {"failed": counts[JobState.FAILED], "paging": page_of(number, sum(counts[state] for state in states))}
    about = mails_of(reader(), rows)
    return render_template(
        "jobs/listing.html", rows=rows, about=about, narrowed=form, tags=TAGS, kind_called=kind_called, **facts
    )


@bp.route("/jobs/<row:job>/again", methods=["POST"])
@Page(Right.ADMINISTER)
def again(job: int) -> ResponseReturnValue:
    """Run a job once more."""
    ask_again(db(), actor(), job=job, now=now())
    flash(_("The job will run again."), "success")
    return redirect(url_for("jobs.listing"), code=303)
