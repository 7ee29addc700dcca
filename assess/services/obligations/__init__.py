"""The annual task list at work: how obligations stand, reports on them, and the figures that follow."""

from assess.services.obligations.details import TaskDetails, task_details
from assess.services.obligations.figures import task_figures
from assess.services.obligations.loading import tasks_of_units, unit_tasks
from assess.services.obligations.overview import ObligationOverview, TaskAcross, overview_of, task_across
from assess.services.obligations.reporting import report_obligation, report_obligations
from assess.services.obligations.standing import UnitTask, UnitTasks

__all__ = [
    "ObligationOverview",
    "TaskAcross",
    "TaskDetails",
    "UnitTask",
    "UnitTasks",
    "overview_of",
    "report_obligation",
    "report_obligations",
    "task_across",
    "task_details",
    "task_figures",
    "tasks_of_units",
    "unit_tasks",
]
