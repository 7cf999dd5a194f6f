"""Whether the settings of an installation are good enough to start with: a site that starts half is worse than none."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

THIS_MACHINE = {"localhost", "127.0.0.1", "::1", "[::1]"}
KEY_LENGTH, KEY_VARIETY = 50, 5  # signs, and how many of them differ: what Django itself advises
KNOWN_KEYS = ("django-insecure-", "changeme", "change-me", "verander", "voorbeeld", "example", "secret-key", "geheim")


class SettingsError(ImproperlyConfigured):
    """Some settings are missing or wrong; says which, and what they should be."""

    def __init__(self, faults: list[str]) -> None:
        lines = "".join(f"\n  - {fault}" for fault in faults)
        super().__init__(
            f"De kennisbank start niet, want deze instellingen ontbreken of kloppen niet:{lines}\n"
            "Wat ze betekenen staat in docs/operations.md. Voor een proef op uw eigen computer: make start."
        )


def host_of(address: str) -> str:
    """The host name in this address; nothing where there is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def faults_of_key(key: str) -> Iterator[str]:
    """What is wrong with the secret of a site that others can reach."""
    if not key:
        yield "SECRET_KEY ontbreekt. Geef een lange, willekeurige tekst, zoals de uitkomst van: openssl rand -hex 48"
    elif len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY:
        yield f"SECRET_KEY is te makkelijk te raden: geef minstens {KEY_LENGTH} willekeurige tekens."
    elif any(known in key.lower() for known in KNOWN_KEYS):
        yield "SECRET_KEY is een voorbeeld dat anderen kennen. Maak een eigen, met: openssl rand -hex 48"


def faults_of_hosts(hosts: list[str]) -> Iterator[str]:
    """What is wrong with the names of the site."""
    if not hosts:
        yield "ALLOWED_HOSTS ontbreekt. Geef de namen van de site, met komma's ertussen, zoals www.voorbeeld.nl"
    for host in hosts:
        if "*" in host:
            yield f"ALLOWED_HOSTS laat met {host} elke naam toe. Noem alleen de namen van de site."
        elif "/" in host or (":" in host and not host.startswith("[")):
            yield f"ALLOWED_HOSTS noemt {host}: geef alleen de naam, zonder https:// en zonder poort."


def faults_of_address(address: str) -> Iterator[str]:
    """What is wrong with the public address."""
    scheme = address.partition("://")[0]
    if not address:
        yield "BASE_URL ontbreekt. Geef het adres van de site, zoals https://www.voorbeeld.nl"
    elif scheme not in ("http", "https") or not host_of(address):
        yield f"BASE_URL is geen heel adres: {address}. Geef het zo: https://www.voorbeeld.nl"
    elif scheme == "http" and host_of(address) not in THIS_MACHINE:
        yield f"BASE_URL moet met https:// beginnen: {address}"


def faults_of_contact(mail: str) -> Iterator[str]:
    """What is wrong with the address of the secretariat."""
    if not mail:
        yield "CONTACT_EMAIL ontbreekt. Geef het mailadres van het secretariaat: dat staat op elke pagina."
        return
    try:
        validate_email(mail)
    except ValidationError:
        yield f"CONTACT_EMAIL is geen mailadres: {mail}"


def faults_of_trial(switches: dict[str, bool], hosts: list[str]) -> Iterator[str]:
    """Switches that are for one's own machine, on a site with these names."""
    public = sorted({host for host in hosts if host and host not in THIS_MACHINE})
    for name in (name for name, is_on in switches.items() if is_on and public):
        named = ", ".join(public)
        yield f"{name} is alleen voor een proef op uw eigen computer, en deze site heet {named}. Zet {name} uit."
