"""The pages, one blueprint a subject."""

from assess.web.views import accounts, forms, home, jobs, obligations, people, submissions

BLUEPRINTS = (home.bp, accounts.bp, forms.bp, submissions.bp, obligations.bp, people.bp, jobs.bp)
"""Every subject that has pages."""
