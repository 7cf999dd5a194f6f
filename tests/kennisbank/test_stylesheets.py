from __future__ import annotations

import base64
import hashlib
import re

import pytest
from django.test import Client

STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
PAGES = [
    "/",
    "/blauwdrukken/",
    "/blauwdrukken/branchestraten/",
    "/regios/",
    "/regios/zeeland/",
    "/vergelijk/",
    "/bundel/",
    "/wat-tegenviel/",
    "/over/",
    "/themas/",
    "/begrippen/",
    "/account/login/",
    "/bestaatniet/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_the_policy_allows_each_stylesheet_in_the_page_and_the_page_asks_for_no_other(
    client: Client, address: str
) -> None:
    response = client.get(address)
    html = response.content.decode()
    hashes = [base64.b64encode(hashlib.sha256(css.encode()).digest()).decode() for css in STYLE.findall(html)]
    assert len(hashes) >= 4
    policy = response["Content-Security-Policy"]
    assert all(f"'sha256-{digest}'" in policy for digest in hashes)
    assert 'rel="stylesheet"' not in html


@pytest.mark.django_db
def test_what_is_for_paper_waits_for_paper(client: Client) -> None:
    html = client.get("/").content.decode()
    assert re.findall(r'<style media="print">.*?@layer (\w+)', html, re.DOTALL) == ["druk"]
