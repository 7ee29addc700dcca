"""Accounts: who is to have one, what a password must be, and how long failed sign-ins wait."""
