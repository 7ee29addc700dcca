"""What the sign-in page says to somebody who types a name and a password."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.pages import submit, visit

WRONG = ["The username or the password is wrong. Check both and try again."]


def typed(client: FlaskClient, username: str, password: str, status: int = 422) -> list[str]:
    """What the sign-in page says to a name and a password."""
    client.set_cookie("language", "en")
    page = visit(client, "/sign-in")
    return submit(client, page.form(), {"username": username, "password": password}, status=status).errors
