"""What leaders see of the results: rankings of the groups, units with what they lost, units side by side, charts."""

from assess.services.leadership.cards import LeaderUnitPage, card_of, shown_sections, unit_page
from assess.services.leadership.comparing import Compared, compare_units
from assess.services.leadership.items import ItemPage, item_page
from assess.services.leadership.seeing import View, chosen_view, newest_view, view_of
from assess.services.leadership.tables import RankedGroup, RankingInView, RankingView, groups_of, ranking

__all__ = [
    "Compared",
    "ItemPage",
    "LeaderUnitPage",
    "RankedGroup",
    "RankingInView",
    "RankingView",
    "View",
    "card_of",
    "chosen_view",
    "compare_units",
    "groups_of",
    "item_page",
    "newest_view",
    "ranking",
    "shown_sections",
    "unit_page",
    "view_of",
]
