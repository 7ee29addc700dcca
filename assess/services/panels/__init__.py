"""Panels (评审组): members are named, give points with reasons, and their mean becomes the value of the figure."""

from assess.services.panels.judging import KeptPoints, Typed, give_marks
from assess.services.panels.naming import name_members, remove_member
from assess.services.panels.settling import close_panel

__all__ = ["KeptPoints", "Typed", "close_panel", "give_marks", "name_members", "remove_member"]
