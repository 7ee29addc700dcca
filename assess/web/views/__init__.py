"""The pages, one blueprint a subject."""

from assess.web.views import accounts, forms, home, obligations, people, submissions

BLUEPRINTS = (home.bp, accounts.bp, forms.bp, submissions.bp, obligations.bp, people.bp)
"""Every subject that has pages."""
