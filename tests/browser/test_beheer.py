"""The editing screens in Chromium under a policy that forbids inline scripts: any violation is a console message."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

LIST_URL = "/beheer/snippets/blauwdrukken/blauwdruk/"


def test_the_policy_of_the_back_office_forbids_inline_scripts(site: str, beheer: Any) -> None:
    policy = beheer.goto(site + LIST_URL).headers["content-security-policy"]
    lines = dict(line.strip().split(" ", 1) for line in policy.split(";"))
    assert lines["script-src"] == "'self'"


def test_rows_dates_and_preview_work_without_inline_scripts(site: str, beheer: Any) -> None:
    beheer.goto(f"{site}{LIST_URL}edit/4/")
    beheer.locator(".public-DraftEditor-content").first.wait_for(state="attached")
    assert beheer.locator("[data-controller=beheer-start]").count() == 0
    beheer.get_by_role("tab", name="Geld en afspraken").click()
    rows = beheer.locator("#id_kosten-FORMS > *")
    count = rows.count()
    beheer.locator("#id_kosten-ADD").click()
    beheer.locator(f"#id_kosten-{count}-omschrijving").wait_for()
    assert rows.count() == count + 1
    beheer.get_by_role("tab", name="Kern").click()
    beheer.locator("#id_herzien_voor").focus()
    beheer.locator(".xdsoft_datetimepicker:visible").first.wait_for()
    beheer.locator("[data-side-panel-toggle=preview]").click()
    beheer.frame_locator("iframe[id*=preview-iframe]").locator("h1", has_text="Branchestraten").wait_for()


def test_a_choice_is_made_without_inline_scripts(site: str, beheer: Any) -> None:
    beheer.goto(f"{site}/beheer/snippets/blauwdrukken/project/add/")
    beheer.locator("#id_blauwdruk-chooser [data-chooser-action-choose]").first.click()
    beheer.locator(".modal a[data-chooser-modal-choice]", has_text="Branchestraten").click()
    beheer.locator("#id_blauwdruk-chooser", has_text="Branchestraten").wait_for()


def test_an_organisation_is_added_where_it_is_needed(site: str, beheer: Any) -> None:
    beheer.goto(f"{site}{LIST_URL}edit/4/")
    beheer.get_by_role("tab", name="Aanpak").click()
    beheer.locator("#id_partijen-ADD").click()
    beheer.locator("[id$=organisatie-chooser] [data-chooser-action-choose]:visible").last.click()
    beheer.get_by_role("tab", name="Nieuwe organisatie").click()
    beheer.locator(".modal input[name$=naam]").fill("Stichting Zoutkeet")
    beheer.locator(".modal").get_by_role("button", name="Voeg toe en kies").click()
    beheer.locator("[id$=organisatie-chooser]", has_text="Stichting Zoutkeet").wait_for()


def test_a_story_gets_blueprints_by_searching(site: str, beheer: Any) -> None:
    beheer.goto(f"{site}/beheer/snippets/blauwdrukken/verhaal/add/")
    for spot, titel in enumerate(("Branchestraten", "Less Risk Polis")):
        chooser = beheer.locator(f"#id_blauwdrukken-nieuw-{spot}-chooser")
        chooser.locator("[data-chooser-action-choose]").first.click()
        beheer.locator(".modal input[name=q]").fill(titel.split()[0])
        beheer.locator(".modal a[data-chooser-modal-choice]", has_text=titel).click()
        chooser.locator("[data-chooser-title]", has_text=titel).wait_for()
    values = beheer.locator("input[name=blauwdrukken]").evaluate_all("velden => velden.map(veld => veld.value)")
    assert len(set(filter(None, values))) == 2


def test_a_replacement_is_chosen_when_a_blueprint_is_withdrawn(site: str, beheer: Any) -> None:
    beheer.goto(f"{site}{LIST_URL}unpublish/4/")
    beheer.locator("#id_vervanging-chooser [data-chooser-action-choose]").first.click()
    beheer.locator(".modal input[name=q]").fill("bioscoop")
    beheer.locator(".modal a[data-chooser-modal-choice]", has_text="Drive-in bioscoop").click()
    beheer.locator("#id_vervanging-chooser [data-chooser-title]", has_text="Drive-in bioscoop").wait_for()
    assert beheer.locator("input[name=vervanging]").input_value()
