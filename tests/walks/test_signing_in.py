"""Every kind of person signs in to the demonstration year."""

from __future__ import annotations

import pytest

from tests.browsing import Walker, check_access
from tests.sites import Site

ROLES = ("official", "evaluator", "office", "leader", "receiver")


@pytest.mark.parametrize(("engine", "roles"), [("sqlite", ROLES), ("postgresql", ("office",))])
def test_each_role_comes_to_a_home_that_is_open_to_everybody(site: Site, walker: Walker, roles: tuple[str, ...]):
    for role in roles:
        account = site.account(role)
        page = walker.open("/sign-in")
        page.get_by_label("账号").fill(account["username"])
        page.get_by_role("textbox", name="密码").fill(account["password"])
        page.get_by_role("button", name="登录").click()

        assert page.url == f"{site.address}/", role
        assert check_access(page) == [], role
