"""The pages, one blueprint a subject."""

from assess.web.views import accounts, home

BLUEPRINTS = (home.bp, accounts.bp)
"""Every subject that has pages."""
