"""One finding on its page: the whole loop by its forms, what is refused, what was overtaken, and repeats."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from io import BytesIO

from flask import Flask

from assess.core.workflow import Stage
from assess.files.kinds import PAGE
from assess.store.models import Cycle, FindingEvent, FindingPhoto
from assess.store.session import Database
from tests.queries import counted
from tests.services.findings import DUST, a_ledger, a_photo, record, row_of, step
from tests.web.bureau import english
from tests.web.conftest import SignInAs
from tests.web.finding_pages import LEDGER, a_file, steps_on, stop_the_clock, take
from tests.web.pages import Page, submit, visit
from tests.years import CHAOWAI, JIANWAI, NOW

ONE = f"{LEDGER}/1"
PLACED = DUST._replace(latitude="39.9218", longitude="116.4432", standard="第六十一条", responsible="王建国")

QUICKER = (
    "Someone else updated this first, so your change was not saved. Check the details below and submit again if needed."
)


def standing(page: Page) -> str:
    """What the top of a finding's page says of where it stands."""
    return page.main.partition(page.h1)[2].partition("What was found")[0].strip()


def offered(page: Page) -> list[str]:
    """The steps that a page offers."""
    return list(steps_on(page))


def test_a_finding_is_assigned_and_reported_as_put_right(app: Flask, database: Database, sign_in_as: SignInAs):
    clock = stop_the_clock(app)
    a_ledger(database)
    record(database, PLACED._replace(deadline=""))
    official, evaluator = english(sign_in_as(JIANWAI)), english(sign_in_as("evaluator"))

    with counted(database) as asked:
        first = visit(evaluator, ONE)
    assert len(asked) <= 12
    assert (first.h1, offered(first), offered(visit(official, ONE))) == ("Finding 1: Dust", ["assign", "ask"], ["ask"])
    assert "39.921800 north, 116.443200 east" in first.main
    assert first.links["Open in the phone's map"] == "geo:39.921800,116.443200"
    assert [*steps_on(first)["assign"].values] == ["csrf_token", "step", "seen", "known", "deadline", "reason", "day"]
    refused = take(evaluator, "assign", status=422, deadline="soon", reason="苫盖")
    assert refused.errors == ["“soon” is not a date. Enter it as in 2026-12-31."]
    assert steps_on(refused)["assign"].values["reason"] == "苫盖"
    assigned = submit(evaluator, steps_on(refused)["assign"], {"deadline": "2026-11-30"})
    assert "Saved. The finding is now: assigned." in assigned.main
    assert offered(visit(official, ONE)) == ["start", "report", "ask"]

    clock.append(NOW + timedelta(days=5))
    assert standing(visit(official, ONE)).startswith("Assigned 2 days overdue The unit corrects it")
    reported = take(official, "report", reason="已苫盖", photos=a_file(), day="2026-11-29")
    assert standing(reported).startswith("Awaiting review The unit reports it as corrected.")
    assert "29 November 2026 Corrected on timeAs the unit reports; not reviewed yet" in reported.main
    assert "Closed in the ledger Not closed" in reported.main
    assert (
        "Reported as corrected 29 November 2026 recorded 2 December 2026 10:00 by 110105001 · "
        "recorded 3 days later 已苫盖"
    ) in reported.main


def test_what_is_put_right_is_judged_by_others_and_may_come_back(app: Flask, database: Database, sign_in_as: SignInAs):
    clock = stop_the_clock(app)
    a_ledger(database)
    record(database)
    step(database, "report", JIANWAI, reason="已苫盖")
    official, reviewer = english(sign_in_as(JIANWAI)), english(sign_in_as("reviewer"))
    photos = [a_file("b.jpg", colour="green"), a_file("c.jpg", colour="blue")]

    assert take(reviewer, "return", status=422).errors == ["Enter the reason."]
    take(reviewer, "return", reason="边角未盖", deadline="2026-12-10")
    take(official, "report", reason="全部苫盖", photos=photos)
    take(reviewer, "pass")
    assert "The finding is not closed until it is filed." in standing(visit(official, ONE))
    take(reviewer, "close")
    assert "27 November 2026 Corrected on timeConfirmed at review" in visit(official, ONE).main
    clock.append(NOW + timedelta(days=9))
    take(reviewer, "look-back", reason="现场查看")
    again = take(reviewer, "reopen", reason="又见裸土", deadline="2026-12-20", photos=a_file("d.jpg", colour="red"))

    assert "Returned: 1. Reopened: 1. Extended: 0. Suspended: 0." in again.main
    assert standing(again).startswith("Reopened The problem came back.")
    with database.reading() as session:
        kept = [(each.side, each.file_name) for each in session.query(FindingPhoto).order_by(FindingPhoto.id)]
    assert kept == [("after", "b.jpg"), ("after", "c.jpg"), ("before", "d.jpg")]


def test_who_asks_reads_why_and_somebody_else_decides(app: Flask, database: Database, sign_in_as: SignInAs):
    stop_the_clock(app)
    a_ledger(database)
    record(database)
    official, evaluator, leader = (english(sign_in_as(who)) for who in (JIANWAI, "evaluator", "leader"))

    assert take(official, "ask", status=422, reason="手续").errors == ["Select what to request."]
    asked = take(official, "ask", relief="extension", deadline="2026-12-20", reason="等待手续")
    assert "Requested an extension until 2026-12-20 110105001, 27 November 2026等待手续" in standing(asked)
    assert (offered(asked), offered(visit(leader, ONE))) == (["start", "report", "withdraw"], [])
    assert offered(visit(evaluator, ONE)) == ["approve", "refuse", "assign"]
    assert take(evaluator, "refuse", status=422).errors == ["Enter the reason."]
    granted = take(evaluator, "approve")
    assert "20 December 202623 days left" in granted.main
    assert "Returned: 0. Reopened: 0. Extended: 1. Suspended: 0." in granted.main
    void = take(evaluator, "ask", relief="voiding", reason="重复登记")
    assert offered(void) == ["assign", "withdraw"]
    with database.writing() as session:
        session.query(Cycle).update({Cycle.stage: Stage.ARCHIVED})
    locked = visit(evaluator, ONE)
    assert (offered(locked), "findings can only be viewed" in locked.main) == ([], True)
    page = submit(evaluator, steps_on(void)["withdraw"], status=422)
    assert ("at the stage Archived" in page.errors[0], offered(page)) == (True, [])


def test_the_second_of_two_reads_what_the_first_did_and_may_go_on_from_there(
    app: Flask, database: Database, sign_in_as: SignInAs
):
    stop_the_clock(app)
    a_ledger(database)
    record(database)
    official, evaluator = english(sign_in_as(JIANWAI)), english(sign_in_as("evaluator"))
    before = visit(official, ONE)

    take(official, "start", reason="已进场")
    overtaken = submit(official, steps_on(before)["report"], {"reason": "已苫盖", "photos": a_file()}, status=409)
    assert "Meanwhile Correction started" in overtaken.main.replace("  ", " ")
    assert steps_on(overtaken)["report"].values["reason"] == "已苫盖"
    done = submit(official, steps_on(overtaken)["report"])
    assert "Awaiting review" in standing(done)
    assert "after.jpg" in done.html

    lost = submit(official, steps_on(before)["start"], status=409)
    assert ("start" in offered(lost), lost.errors) == (False, [QUICKER])
    stranger = submit(evaluator, steps_on(visit(evaluator, ONE))["pass"], {"step": "close"}, status=422)
    assert stranger.errors == ["the finding is awaiting review and cannot be closed. It must be passed at review."]
    with database.reading() as session:
        assert [each.step for each in session.query(FindingEvent).order_by(FindingEvent.id)] == [
            "find", "assign", "start", "report",
        ]  # fmt: skip


def test_photos_that_came_once_outlive_a_refusal_and_what_is_none_is_refused(
    app: Flask, database: Database, sign_in_as: SignInAs
):
    stop_the_clock(app)
    a_ledger(database)
    record(database)
    official = english(sign_in_as(JIANWAI))

    svg = (BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), "x.svg")
    refused = take(official, "report", status=422, day="2099-01-01", photos=[a_file(), svg])
    assert refused.errors == [PAGE.localized("en", name="x.svg")]
    form = steps_on(refused)["report"]
    assert form.values["kept"] == sha256(a_photo()).hexdigest()
    late = submit(official, form, {"day": "2099-01-01"}, status=422)
    assert late.errors == ["The date cannot be later than today, 2026-11-27."]
    foreign = submit(official, steps_on(late)["report"], {"day": ""}, status=303)
    assert "after.jpg" in foreign.html
    many = [a_file(f"{number}.jpg") for number in range(13)]
    more = submit(official, visit(official, f"{ONE}/photos").form("1/photos"), {"photos": many}, status=422)
    assert more.errors == [
        "You can upload at most 12 photos at once. You selected 13, so none was uploaded. Upload them in several steps."
    ]


def test_what_may_repeat_an_earlier_finding_is_proposed_with_why_and_linked_or_not(
    app: Flask, database: Database, sign_in_as: SignInAs
):
    stop_the_clock(app)
    a_ledger(database)
    record(database, PLACED)
    record(database, PLACED._replace(latitude="39.9220", place="建国路 88 号院"))
    record(database, DUST._replace(kind="noise"))
    step(database, "assign", "evaluator", number=3, deadline="2026-12-05")
    evaluator, official = english(sign_in_as("evaluator")), english(sign_in_as(JIANWAI))

    page = visit(evaluator, f"{LEDGER}/2")
    assert page.tables["Earlier findings that it may repeat"][1] == [
        "No. 1 Dust渣土未苫盖", "Same type, less than 100 metres away22 metres apart", "建国路 88 号",
        "20 November 2026", "Assigned", "Mark as a repeat of No. 1",
    ]  # fmt: skip
    assert "Earlier findings that it may repeat" not in visit(official, f"{LEDGER}/2").main
    assert official.get(f"{LEDGER}/2/repeats").status_code == 403
    other = submit(evaluator, visit(evaluator, f"{LEDGER}/3/repeats").form(), {"earlier": "1"}, status=422)
    assert other.errors == ["Finding 1 has another unit or type, so this is not a repeat of it."]
    linked = submit(evaluator, page.form("/repeats"))
    assert "This finding repeats an earlier one: No. 1 Dust" in linked.main
    assert "Later repeats of this finding: No. 2 Dust" in visit(official, ONE).main
    assert submit(evaluator, page.form("/repeats"), status=409).errors == [QUICKER]
    unlinking = visit(evaluator, f"{LEDGER}/2/repeats")
    assert submit(evaluator, unlinking.form(), status=422).errors == ["Enter the reason."]
    submit(evaluator, unlinking.form(), {"reason": "不同工地"})
    assert row_of(database, 2).repeat_of is None


def test_a_finding_of_another_unit_is_not_there(database: Database, sign_in_as: SignInAs):
    a_ledger(database)
    record(database)
    other = english(sign_in_as(CHAOWAI))

    for path in (ONE, f"{ONE}/photos", f"{LEDGER}/2"):
        visit(other, path, status=404)
    assert sign_in_as("receiver").get(ONE).status_code == 403
