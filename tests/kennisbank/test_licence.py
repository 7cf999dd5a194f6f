from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils.html import strip_tags

from kennisbank.licence import Licence, read_licence
from kennisbank.models import Pagina

CC_BY = Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


@pytest.mark.parametrize("text", ["|".join(CC_BY), " CC BY 4.0 | https://creativecommons.org/licenses/by/4.0/\n"])
def test_a_licence_is_a_name_and_an_address(text: str) -> None:
    assert read_licence(text) == CC_BY


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nothing_is_no_licence(text: str) -> None:
    assert read_licence(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "CC BY 4.0",
        "CC BY 4.0|",
        "|https://creativecommons.org/licenses/by/4.0/",
        "CC BY 4.0|creativecommons.org/licenses/by/4.0/",
        "CC BY 4.0|http://creativecommons.org/licenses/by/4.0/",
        "CC BY 4.0|javascript:alert(1)",
        "CC BY 4.0|https://",
        "CC BY 4.0|https://voorbeeld.nl/|https://voorbeeld.nl/",
        "CC\nBY|https://voorbeeld.nl/",
    ],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"zoals CC BY 4\.0\|https://"):
        read_licence(text)


@pytest.mark.parametrize("slug", ["over", "privacy"])
def test_pages_say_nothing_of_a_licence_that_is_not_settled(client: Client, slug: str) -> None:
    page = Pagina.objects.get(slug=slug)
    html = client.get(f"/{slug}/").content.decode()
    own_text = strip_tags(page.html)
    assert own_text in strip_tags(html)
    assert html.lower().count("licentie") == own_text.lower().count("licentie")


def test_the_page_about_the_site_tells_the_licence_and_for_what_it_is_not(client: Client, settings: Any) -> None:
    settings.CONTENT_LICENTIE = CC_BY
    html = client.get("/over/").content.decode()
    assert f'<a href="{CC_BY.address}" rel="license">{CC_BY.name}</a>' in html
    assert "De licentie geldt niet voor citaten, beelden en bestanden van anderen." in html
    assert CC_BY.name not in client.get("/privacy/").content.decode()


def test_the_name_of_a_licence_is_text_and_no_markup(client: Client, settings: Any) -> None:
    settings.CONTENT_LICENTIE = Licence("<b>vrij</b>", "https://voorbeeld.nl/?a=1&b=2")
    html = client.get("/over/").content.decode()
    assert '<a href="https://voorbeeld.nl/?a=1&amp;b=2" rel="license">&lt;b&gt;vrij&lt;/b&gt;</a>' in html
