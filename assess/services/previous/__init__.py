"""Last year's figures and results: from files in the first year, from the year before later, or none at all."""

from assess.services.previous.batches import check_years_back, state_none
from assess.services.previous.figures import accept_figures, take_from_year_before
from assess.services.previous.overview import PreviousOverview, overview_of
from assess.services.previous.reading import (
    FiguresPreview,
    preview_figures,
    preview_year_before,
)
from assess.services.previous.results import (
    accept_results,
    preview_results,
    previous_results_of,
    results_book,
    results_rows,
)

__all__ = [
    "FiguresPreview",
    "PreviousOverview",
    "accept_figures",
    "accept_results",
    "check_years_back",
    "overview_of",
    "preview_figures",
    "preview_results",
    "preview_year_before",
    "previous_results_of",
    "results_book",
    "results_rows",
    "state_none",
    "take_from_year_before",
]
