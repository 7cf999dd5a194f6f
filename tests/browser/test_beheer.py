"""The editing screens in Chromium under a policy that forbids inline scripts: any violation is a console message."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

LIJST = "/beheer/snippets/blauwdrukken/blauwdruk/"


@pytest.fixture
def beheer(site: str, wachtwoord: str, venster: Any) -> Any:
    """Page of somebody who is logged in to the back office."""
    pagina = venster()
    pagina.goto(f"{site}/beheer/login/")
    pagina.fill("input[name=login]", "redactie")
    pagina.fill("input[name=password]", wachtwoord)
    pagina.press("input[name=password]", "Enter")
    pagina.wait_for_url("**/beheer/")
    return pagina


def test_the_policy_of_the_back_office_forbids_inline_scripts(site: str, beheer: Any) -> None:
    policy = beheer.goto(site + LIJST).headers["content-security-policy"]
    regels = dict(regel.strip().split(" ", 1) for regel in policy.split(";"))
    assert regels["script-src"] == "'self'"


def test_rows_dates_and_preview_work_without_inline_scripts(site: str, beheer: Any) -> None:
    beheer.goto(f"{site}{LIJST}edit/4/")
    beheer.locator(".public-DraftEditor-content").first.wait_for(state="attached")
    assert beheer.locator("[data-controller=beheer-start]").count() == 0
    beheer.get_by_role("tab", name="Geld en afspraken").click()
    rijen = beheer.locator("#id_kosten-FORMS > *")
    aantal = rijen.count()
    beheer.locator("#id_kosten-ADD").click()
    beheer.locator(f"#id_kosten-{aantal}-omschrijving").wait_for()
    assert rijen.count() == aantal + 1
    beheer.get_by_role("tab", name="Kern").click()
    beheer.locator("#id_laatst_gewijzigd").focus()
    beheer.locator(".xdsoft_datetimepicker:visible").first.wait_for()
    beheer.locator("[data-side-panel-toggle=preview]").click()
    beheer.frame_locator("iframe[id*=preview-iframe]").locator("h1", has_text="Branchestraten").wait_for()


def test_a_choice_is_made_without_inline_scripts(site: str, beheer: Any) -> None:
    beheer.goto(f"{site}/beheer/snippets/blauwdrukken/project/add/")
    beheer.locator("#id_blauwdruk-chooser [data-chooser-action-choose]").first.click()
    beheer.locator(".modal a[data-chooser-modal-choice]", has_text="Branchestraten").click()
    beheer.locator("#id_blauwdruk-chooser", has_text="Branchestraten").wait_for()
