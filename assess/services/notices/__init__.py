"""What a unit is told of its own result: line by line, what each stands on, and nothing of any other unit."""

from assess.services.notices.figures import FigureBehind, GivenValue
from assess.services.notices.results import LinePage, ResultPage, line_page, result_page

__all__ = ["FigureBehind", "GivenValue", "LinePage", "ResultPage", "line_page", "result_page"]
