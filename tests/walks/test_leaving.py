"""What was typed and not sent is asked about before the page goes."""

from __future__ import annotations

from playwright.sync_api import Dialog

from assess.core.text import Text
from tests.browsing import Walker
from tests.sites import Site
from tests.walks.person import sign_in

CHECK = "/2026/form/110105001/check"
ECOLOGY = "/2026/form/110105001/section/ecology"
GREEN = Text("新增绿化面积", "New green space")


def test_another_language_in_the_middle_of_a_form_is_asked_about_and_sending_it_is_not(site: Site, walker: Walker):
    official = sign_in(walker, site.account("official"))
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    official.page.on("dialog", stay)

    official.goes_to(CHECK)
    official.types("Name of the responsible leader", "李某")
    official.page.get_by_role("link", name="中文").click()
    official.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert official.labelled("Name of the responsible leader").input_value() == "李某"
    assert official.presses("Submit the form") == 422
    assert asked == ["beforeunload"]

    official.goes_to(ECOLOGY)
    official.answer(GREEN).press_sequentially("1.5")
    official.page.get_by_role("link", name="中文").click()
    official.page.wait_for_load_state()
    assert asked == ["beforeunload"], "what is kept on the device is not lost"
    assert official.page.locator("html").get_attribute("lang") == "zh-CN"
    assert official.page.locator("#answer-new_green").input_value() == "1.5"
