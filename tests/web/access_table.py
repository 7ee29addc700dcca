"""Who may open which page and finds which in the menu: the tables in which every route and every role must stand."""

from __future__ import annotations

from assess.core.actors import Role
from tests.years import JIANWAI

EVERYBODY = frozenset(Role)
PUBLIC = "anyone"
SYSTEMS = "systems"
"""Whoever comes with a token, and nobody by a browser."""

REPORTING = frozenset({Role.OFFICIAL, Role.EVALUATOR, Role.OFFICE})
OWN = frozenset({Role.OFFICIAL})
INSPECTING = frozenset({Role.EVALUATOR, Role.OFFICE})
READING = REPORTING | {Role.LEADER}
RECEIVING = frozenset({Role.OFFICE, Role.RECEIVER})
ALL_RESULTS = frozenset({Role.OFFICE, Role.LEADER})
RESULTS = ALL_RESULTS | OWN
BOARDS = INSPECTING | {Role.LEADER}

WHO: dict[str, frozenset[Role] | str] = {
    "static": PUBLIC,
    "healthz": PUBLIC,
    "api.figures": SYSTEMS,
    "api.send": SYSTEMS,
    "api.show": SYSTEMS,
    "api.accept": SYSTEMS,
    "api.discard": SYSTEMS,
    **dict.fromkeys(("api.handover", "api.handovers", "api.numbered_handover"), SYSTEMS),
    "api.handover_schema": PUBLIC,
    "api.openapi": PUBLIC,
    "home.home": EVERYBODY,
    "home.year_home": EVERYBODY,
    "home.choose_language": PUBLIC,
    "accounts.sign_in": PUBLIC,
    "accounts.sign_out": PUBLIC,
    "accounts.set_password": PUBLIC,
    "accounts.own": EVERYBODY,
    "accounts.change_password": EVERYBODY,
    "accounts.sign_out_elsewhere": EVERYBODY,
    "interface.show": PUBLIC,
    "help.show": PUBLIC,
    "guides.rules": frozenset({Role.OFFICE}),
    "search.show": EVERYBODY,
    "tokens.listing": frozenset({Role.OFFICE}),
    "tokens.give": frozenset({Role.OFFICE}),
    "tokens.withdraw": frozenset({Role.OFFICE}),
    "people.people": frozenset({Role.OFFICE}),
    "people.failed_sign_ins": frozenset({Role.OFFICE}),
    "people.add": frozenset({Role.OFFICE}),
    "people.person": frozenset({Role.OFFICE}),
    "people.link": frozenset({Role.OFFICE}),
    "people.close": frozenset({Role.OFFICE}),
    "people.reopen": frozenset({Role.OFFICE}),
    "people.template": frozenset({Role.OFFICE}),
    "people.load": frozenset({Role.OFFICE}),
    "people.accept": frozenset({Role.OFFICE}),
    "people.links": frozenset({Role.OFFICE}),
    "jobs.listing": frozenset({Role.OFFICE}),
    "audit.listing": frozenset({Role.OFFICE}),
    "audit.entry": frozenset({Role.OFFICE}),
    "audit.check": frozenset({Role.OFFICE}),
    "audit.export": frozenset({Role.OFFICE}),
    **{
        f"runs.{page}": frozenset({Role.OFFICE})
        for page in ("listing", "new", "show", "unit", "compare", "release", "paper", "inputs", "results")
    },
    **{
        f"leadership.{page}": ALL_RESULTS
        for page in ("listing", "unit", "items", "compare", "months", "bars", "radar", "spread", "trend")
    },
    **{f"leadership.{page}": ALL_RESULTS for page in ("tiles", "tiles_picture")},
    **{
        f"leadership_files.{page}": ALL_RESULTS
        for page in ("brief", "brief_of_unit", "compare", "items", "listing", "months", "unit")
    },
    "leadership.month_day": frozenset({Role.OFFICE}),
    **{f"appeals.{page}": frozenset({Role.OFFICE}) for page in ("listing", "show", "rule", "effect", "paper")},
    **{f"corrections.{page}": frozenset({Role.OFFICE}) for page in ("listing", "new", "show", "turn")},
    "teams.edit": frozenset({Role.OFFICE}),
    "teams.preview": frozenset({Role.OFFICE}),
    "teams.download": frozenset({Role.OFFICE}),
    "teams.add": frozenset({Role.OFFICE}),
    "teams.change": frozenset({Role.OFFICE}),
    "teams.remove": frozenset({Role.OFFICE}),
    "checks.show": PUBLIC,
    "checks.code": PUBLIC,
    "seals.show": frozenset({Role.OFFICE}),
    "archives.show": frozenset({Role.OFFICE}),
    "archives.file": frozenset({Role.OFFICE}),
    "downloads.listing": RESULTS,
    "downloads.file": ALL_RESULTS,
    "downloads.card": RESULTS,
    "seals.document": RESULTS,
    **{f"handover.{page}": RECEIVING for page in ("listing", "show", "members", "changes", "summary", "file")},
    "handover.new": frozenset({Role.OFFICE}),
    "handover.acknowledge": frozenset({Role.RECEIVER}),
    "stages.calendar": EVERYBODY,
    "stages.show": EVERYBODY,
    "stages.move": frozenset({Role.OFFICE}),
    "stages.request": frozenset({Role.OFFICE}),
    "stages.dates": frozenset({Role.OFFICE}),
    "stages.open_year": frozenset({Role.OFFICE}),
    "exemptions.listing": REPORTING,
    "exemptions.show": REPORTING,
    "exemptions.ask": frozenset({Role.OFFICE, Role.OFFICIAL}),
    "exclusions.listing": REPORTING,
    "exclusions.show": REPORTING,
    "exclusions.ask": REPORTING,
    "reopenings.listing": frozenset({Role.OFFICE}),
    "reopenings.end": frozenset({Role.OFFICE}),
    "copying_years.copy": frozenset({Role.OFFICE}),
    "evidence.figure": REPORTING,
    "evidence.withdraw": OWN,
    "evidence.download": REPORTING,
    "evidence.workbook": REPORTING,
    "evidence.paper": REPORTING,
    "evidence.upload_workbook": OWN,
    "evidence.preview": OWN,
    "evidence.signed": OWN,
    "evidence.withdraw_signed": OWN,
    "notices.own": OWN,
    "notices.result": OWN,
    "notices.line": OWN,
    **{f"lodging.{page}": OWN for page in ("listing", "lodge", "show", "withdraw")},
    "obligations.index": REPORTING,
    "obligations.across": frozenset({Role.EVALUATOR, Role.OFFICE}),
    "obligations.unit": REPORTING,
    "obligations.task": REPORTING,
    "obligations.report": OWN,
    "obligation_files.files": REPORTING,
    "obligation_files.withdraw": OWN,
    "findings.listing": READING,
    "findings.finding": READING,
    "finding_boards.board": BOARDS,
    "finding_boards.chart": BOARDS,
    "finding_imports.index": INSPECTING,
    "finding_imports.template": INSPECTING,
    "finding_imports.show": INSPECTING,
    "finding_imports.accept": INSPECTING,
    "finding_imports.discard": INSPECTING,
    "finding_imports.withdraw": INSPECTING,
    "finding_imports.decide": INSPECTING,
    "finding_imports.take_back": INSPECTING,
    "finding_imports.original": INSPECTING,
    "finding_imports.marked": INSPECTING,
    "finding_photos.photos": READING,
    "finding_photos.withdraw": REPORTING,
    "finding_photos.thumbnail": READING,
    "finding_photos.picture": READING,
    "finding_photos.original": frozenset({Role.OFFICE}),
    "finding_recording.new": INSPECTING,
    "finding_recording.photo": INSPECTING,
    "finding_recording.receipt": INSPECTING,
    "finding_weeks.show": BOARDS,
    "finding_weeks.workbook": BOARDS,
    "finding_weeks.paper": BOARDS,
    "finding_repeats.repeats": INSPECTING,
    "finding_repeats.unlink": INSPECTING,
    "patrols.listing": READING,
    "patrols.new": REPORTING,
    "patrols.show": READING,
    "patrols.withdraw": REPORTING,
    **{
        f"imports.{page}": frozenset({Role.EVALUATOR, Role.OFFICE})
        for page in (
            *("index", "department", "template", "show", "original", "marked"),
            *("accept", "discard", "undo", "explain", "explain_all"),
        )
    },
    **{
        f"import_headings.{page}": frozenset({Role.EVALUATOR, Role.OFFICE})
        for page in ("remember", "listing", "forget")
    },
    "certifying.listing": frozenset({Role.EVALUATOR, Role.OFFICE}),
    "certifying.certify": frozenset({Role.EVALUATOR}),
    "certifying.send_back": frozenset({Role.EVALUATOR}),
    "certifying.correct": frozenset({Role.EVALUATOR}),
    **{
        f"panels.{page}": frozenset({Role.EVALUATOR, Role.OFFICE})
        for page in ("listing", "show", "judge", "members", "remove", "close")
    },
    "completeness.matrix": frozenset({Role.EVALUATOR, Role.OFFICE}),
    "cycles.index": frozenset({Role.OFFICE}),
    "cycles.create": frozenset({Role.OFFICE}),
    "cycles.delete": frozenset({Role.OFFICE}),
    "set_up.show": frozenset({Role.OFFICE}),
    "units.edit": frozenset({Role.OFFICE}),
    "units.preview": frozenset({Role.OFFICE}),
    "units.show": frozenset({Role.OFFICE}),
    "units.download": frozenset({Role.OFFICE}),
    "rules.edit": frozenset({Role.OFFICE}),
    "rules.starter": frozenset({Role.OFFICE}),
    "rules.guide": frozenset({Role.OFFICE}),
    "rules.read": EVERYBODY,
    "rules.table": frozenset({Role.OFFICE}),
    "rules.preview": frozenset({Role.OFFICE}),
    "rules.show": frozenset({Role.OFFICE}),
    "rules.download": frozenset({Role.OFFICE}),
    "what_if.show": frozenset({Role.OFFICE}),
    "what_if.download": frozenset({Role.OFFICE}),
    "object_lists.edit": frozenset({Role.OFFICE}),
    "object_lists.preview": frozenset({Role.OFFICE}),
    "object_lists.download": frozenset({Role.OFFICE}),
    "task_lists.edit": frozenset({Role.OFFICE}),
    "task_lists.preview": frozenset({Role.OFFICE}),
    "task_lists.download": frozenset({Role.OFFICE}),
    "previous.show": frozenset({Role.OFFICE}),
    "previous.template": frozenset({Role.OFFICE}),
    "previous.upload": frozenset({Role.OFFICE}),
    "previous.preview_figures": frozenset({Role.OFFICE}),
    "previous.preview_results": frozenset({Role.OFFICE}),
    "previous.take": frozenset({Role.OFFICE}),
    "previous.none": frozenset({Role.OFFICE}),
    "jobs.again": frozenset({Role.OFFICE}),
    "forms.own": frozenset({Role.OFFICIAL}),
    "forms.sections": frozenset({Role.OFFICIAL, Role.EVALUATOR, Role.OFFICE}),
    "forms.edit": frozenset({Role.OFFICIAL, Role.EVALUATOR, Role.OFFICE}),
    "forms.check": frozenset({Role.OFFICIAL, Role.EVALUATOR, Role.OFFICE}),
    "forms.estimated": frozenset({Role.OFFICIAL, Role.EVALUATOR, Role.OFFICE}),
    "forms.receipt": frozenset({Role.OFFICIAL, Role.EVALUATOR, Role.OFFICE}),
    "forms.withdraw": frozenset({Role.OFFICIAL}),
    "sources.figure": frozenset({Role.EVALUATOR, Role.OFFICE}),
    "sources.own": OWN,
    "sources.unit": REPORTING,
    "sources.show": REPORTING,
    "sources.original": frozenset({Role.EVALUATOR, Role.OFFICE}),
    "submissions.listing": frozenset({Role.EVALUATOR, Role.OFFICE}),
    "submissions.show": frozenset({Role.EVALUATOR, Role.OFFICE}),
    "submissions.send_back": frozenset({Role.EVALUATOR, Role.OFFICE}),
}
"""Who may open a page, by endpoint."""

PEOPLE = {
    Role.OFFICIAL: JIANWAI,
    Role.EVALUATOR: "evaluator",
    Role.OFFICE: "office",
    Role.LEADER: "leader",
    Role.RECEIVER: "receiver",
}
"""An account of each role."""

MENUS = {
    Role.OFFICIAL: "forms obligations findings patrols sources notices exemptions downloads stages",
    Role.EVALUATOR: "obligations findings finding_boards patrols completeness submissions imports certifying panels "
    "exemptions stages",
    Role.OFFICE: "cycles set_up obligations findings finding_boards patrols completeness submissions imports "
    "certifying panels exemptions leadership downloads runs appeals seals archives handover stages people tokens jobs "
    "audit",
    Role.LEADER: "findings finding_boards patrols leadership downloads stages",
    Role.RECEIVER: "handover stages",
}
"""What each role finds in the menu, in this order."""

VALUES = {
    "check_code": "42SK-SPVW-DN6D",
    "year": 2026,
    "span": "years",
    "number": 1,
    "node": "air",
    "ending": "xlsx",
    "what": "figures",
    "back": 2,
    "code": "en",
    "week": "2026-01-05",
    "filename": "css/assess.css",
    "token": "x" * 43,
    "section": "air",
    "row": 1,
    "value": 1,
    "stage": "verifying",
    "figure": "vocs_petrol",
    "department": "water-bureau",
    "panel": "carbon_panel",
    "starter": "empty",
}
"""What stands in an address where a page asks for it; units are the test's."""
