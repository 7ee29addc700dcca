"""What leaders see of the results: rankings of the groups, units with what they lost, units side by side, charts."""

from assess.services.leadership.cards import UnitPage, card_of, shown_sections, unit_page
from assess.services.leadership.comparing import Compared, compare_units
from assess.services.leadership.seeing import READERS, View, chosen_view, view_of
from assess.services.leadership.tables import Group, Ranking, Wanted, groups_of, ranking

__all__ = [
    "READERS",
    "Compared",
    "Group",
    "Ranking",
    "UnitPage",
    "View",
    "Wanted",
    "card_of",
    "chosen_view",
    "compare_units",
    "groups_of",
    "ranking",
    "shown_sections",
    "unit_page",
    "view_of",
]
