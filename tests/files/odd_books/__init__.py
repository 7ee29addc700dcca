"""Workbooks as offices send them, and as nobody should: each made by a function, with what reading it must answer."""
