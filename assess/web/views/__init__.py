"""The pages, one blueprint a subject."""

from assess.web.views import (
    accounts,
    completeness,
    cycles,
    evidence,
    forms,
    home,
    jobs,
    obligation_files,
    obligations,
    people,
    people_lists,
    previous,
    rules,
    set_up,
    submissions,
    task_lists,
    units,
)

BLUEPRINTS = (
    accounts.bp,
    completeness.bp,
    cycles.bp,
    evidence.bp,
    forms.bp,
    home.bp,
    jobs.bp,
    obligation_files.bp,
    obligations.bp,
    people.bp,
    people_lists.bp,
    previous.bp,
    rules.bp,
    set_up.bp,
    submissions.bp,
    task_lists.bp,
    units.bp,
)
"""Every subject that has pages."""
