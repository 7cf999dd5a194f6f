from __future__ import annotations

import base64
import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kennisbank.inloggen.forms import AddWebAuthnForm, LoginWebAuthnForm
from kennisbank.models import User
from regios.models import Regio

from .inloggen import (
    CODEPAGINA,
    GEHEIM,
    TEL,
    WACHTWOORD,
    app_code,
    herstelcodes,
    is_ingelogd,
    link_in_mail,
    log_in,
    maak_account,
    met_app,
    rol,
    stel_app_in,
)

DEUREN = ["/beheer/login/", "/beheer/password_reset/", "/beheer/password_reset/done/"]


@pytest.fixture
def verplicht(settings: Any) -> None:
    settings.MFA_REQUIRED = True


@pytest.mark.parametrize("naam", ["anna@voorbeeld.nl", "ANNA@voorbeeld.nl", "anna"])
def test_an_account_logs_in_with_mail_address_or_user_name(client: Client, naam: str) -> None:
    user = maak_account()
    User.objects.filter(pk=user.pk).update(username="anna")
    assert log_in(client, naam)["Location"] == "/beheer/"
    assert is_ingelogd(client)
    assert client.get("/beheer/").status_code == 200


def test_login_leads_to_the_page_that_was_asked_for_and_never_to_another_site(client: Client) -> None:
    maak_account()
    doel = client.get("/beheer/account/", follow=True).redirect_chain[-1][0]
    assert doel == "/account/login/?next=%2Fbeheer%2Faccount%2F"
    gegevens = {"login": "anna@voorbeeld.nl", "password": WACHTWOORD}
    assert client.post(doel, gegevens | {"next": "/beheer/account/"})["Location"] == "/beheer/account/"
    assert Client().post(doel, gegevens | {"next": "https://kwaad.voorbeeld/"})["Location"] == "/beheer/"


def test_the_session_gets_another_key_at_login_and_keeps_what_the_visitor_chose(client: Client) -> None:
    maak_account()
    sessie = client.session
    sessie["keuze"] = ["branchestraten"]
    sessie.save()
    client.cookies["sessionid"] = str(sessie.session_key)
    log_in(client)
    assert client.session.session_key != sessie.session_key
    assert client.session["keuze"] == ["branchestraten"]


@pytest.mark.parametrize("adres", DEUREN)
def test_the_login_of_wagtail_is_no_second_door(adres: str) -> None:
    met_app(maak_account())
    client = Client()
    gegevens = {"username": "anna@voorbeeld.nl", "password": WACHTWOORD, "email": "anna@voorbeeld.nl"}
    antwoord = client.post(adres, gegevens)
    assert antwoord.status_code in (302, 404)
    assert not is_ingelogd(client)
    assert mail.outbox == []
    assert "/account/" in antwoord.headers.get("Location", "/account/")


@pytest.mark.parametrize("adres", ["/api/v1/openapi.json", "/api/v1/blauwdrukken", "/beheer/", "/beheer/api/main/"])
def test_no_address_takes_a_password_in_a_header(adres: str) -> None:
    maak_account()
    antwoorden = []
    for wachtwoord in (WACHTWOORD, "fout"):
        sleutel = base64.b64encode(f"anna@voorbeeld.nl:{wachtwoord}".encode()).decode()
        antwoorden.append(Client().get(adres, headers={"Authorization": f"Basic {sleutel}"}))
    assert antwoorden[0].status_code == antwoorden[1].status_code != 401
    assert antwoorden[0].content == antwoorden[1].content


def test_a_reset_address_of_wagtail_does_not_exist(client: Client) -> None:
    assert client.get("/beheer/password_reset/confirm/MQ/set-password/").status_code == 404


@pytest.mark.parametrize("adres", ["/account/signup/", "/account/aanmelden/", "/account/email/"])
def test_nobody_can_sign_up(client: Client, adres: str) -> None:
    assert client.get(adres).status_code == 404
    assert client.post(adres, {"email": "x@voorbeeld.nl"}).status_code == 404


def test_an_account_with_an_app_needs_its_code(client: Client, tijd: None) -> None:
    met_app(maak_account())
    assert log_in(client)["Location"] == CODEPAGINA
    assert not is_ingelogd(client)
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")
    assert "Deze code klopt niet" in client.post(CODEPAGINA, {"code": "000000"}).content.decode()
    assert not is_ingelogd(client)
    assert client.post(CODEPAGINA, {"code": app_code(TEL)})["Location"] == "/beheer/"
    assert client.get("/beheer/").status_code == 200


def test_a_code_works_once(tijd: None) -> None:
    met_app(maak_account())
    for keer in range(2):
        client = Client()
        log_in(client)
        client.post(CODEPAGINA, {"code": app_code(TEL)})
        assert is_ingelogd(client) == (keer == 0)


def test_a_recovery_code_works_once() -> None:
    code = herstelcodes(met_app(maak_account()))[3]
    for keer in range(2):
        client = Client()
        log_in(client)
        client.post(CODEPAGINA, {"code": code})
        assert is_ingelogd(client) == (keer == 0)


def test_the_second_step_cannot_be_reached_without_the_first(client: Client, tijd: None) -> None:
    met_app(maak_account())
    antwoord = client.post(CODEPAGINA, {"code": app_code(TEL)})
    assert antwoord["Location"].startswith("/account/login/")
    assert not is_ingelogd(client)


@pytest.mark.parametrize("rolnaam", ["Secretariaat", "Regiocoördinator", "Werkgeversorganisatie", "Beheerder"])
def test_nothing_in_the_back_office_answers_before_a_second_step_is_set_up(verplicht: None, rolnaam: str) -> None:
    maak_account(rolnaam)
    client = Client()
    log_in(client)
    for adres in ("/beheer/", "/beheer/account/", "/beheer/users/", "/beheer/api/main/pages/", "/beheer/bestaat-niet/"):
        for antwoord in (client.get(adres), client.post(adres)):
            assert (antwoord.status_code, antwoord["Location"]) == (302, "/account/tweede-stap/")
    assert "Stel de app in" in client.get("/account/tweede-stap/").content.decode()


def test_a_superuser_needs_a_second_step_too(verplicht: None, redactie: Any) -> None:
    assert redactie.get("/beheer/")["Location"] == "/account/tweede-stap/"


def test_recovery_codes_alone_are_no_second_step(verplicht: None, client: Client) -> None:
    Authenticator.objects.filter(user=met_app(maak_account()), type="totp").delete()
    log_in(client)
    assert client.get("/beheer/")["Location"] == "/account/tweede-stap/"


def test_the_first_login_sets_up_the_app_and_shows_recovery_codes_once(
    verplicht: None, client: Client, tijd: None
) -> None:
    user = maak_account()
    log_in(client)
    _, pagina = stel_app_in(client)
    assert pagina.redirect_chain == [("/account/tweede-stap/herstelcodes/", 302)]
    codes = re.findall(r"<code>(\d+)</code>", pagina.content.decode())
    assert codes == herstelcodes(user)
    assert len(codes) == 10
    assert client.get("/beheer/").status_code == 200
    nogmaals = client.get("/account/tweede-stap/herstelcodes/").content.decode()
    assert not any(code in nogmaals for code in codes)


def test_recovery_codes_can_be_renewed_and_the_old_ones_end(client: Client, tijd: None) -> None:
    user = maak_account()
    log_in(client)
    stel_app_in(client)
    oud = herstelcodes(user)
    pagina = client.post("/account/tweede-stap/herstelcodes/nieuw/", follow=True)
    nieuw = re.findall(r"<code>(\d+)</code>", pagina.content.decode())
    assert nieuw == herstelcodes(user)
    assert not set(nieuw) & set(oud)


def test_a_wrong_code_does_not_set_up_the_app(client: Client, tijd: None) -> None:
    user = maak_account()
    log_in(client)
    client.get("/account/tweede-stap/app/")
    assert "Deze code klopt niet" in client.post("/account/tweede-stap/app/", {"code": "000000"}).content.decode()
    assert not Authenticator.objects.filter(user=user).exists()


def test_an_old_login_must_prove_itself_before_the_second_step_changes(client: Client) -> None:
    met_app(maak_account())
    client.force_login(User.objects.get())
    for adres in ("/account/tweede-stap/app/weg/", "/account/tweede-stap/herstelcodes/nieuw/"):
        assert client.post(adres)["Location"].startswith("/account/opnieuw/")
    assert Authenticator.objects.count() == 2


def test_who_proves_himself_again_goes_on_where_he_was(client: Client, tijd: None) -> None:
    user = met_app(maak_account())
    client.force_login(user)
    naar = client.get("/account/tweede-stap/app/weg/")["Location"]
    assert "Bent u het echt?" in client.get(naar).content.decode()
    assert client.post(naar, {"password": WACHTWOORD})["Location"] == "/account/tweede-stap/app/weg/"
    client.post("/account/tweede-stap/app/weg/")
    assert not Authenticator.objects.filter(user=user).exists()


def test_passkeys_are_not_offered_on_a_bare_ip_address(client: Client) -> None:
    assert "passkey" not in client.get("/account/login/").content.decode().lower()
    assert client.get("/account/passkey/nieuw/").status_code == 404


def test_an_account_that_is_off_cannot_log_in(client: Client) -> None:
    maak_account(is_active=False)
    assert log_in(client)["Location"] == "/account/uitgezet/"
    assert "Dit account staat uit" in client.get("/account/uitgezet/").content.decode()
    assert not is_ingelogd(client)


def test_an_account_without_a_role_hears_so(client: Client) -> None:
    User.objects.create_user("leeg", "leeg@voorbeeld.nl", WACHTWOORD)
    log_in(client, "leeg")
    antwoord = client.get("/beheer/")
    assert antwoord.status_code == 403
    assert "Uw account heeft nog geen rol" in antwoord.content.decode()


def fouten(antwoord: Any) -> list[str]:
    return list(antwoord.context["form"].non_field_errors())


def test_a_wrong_name_and_a_wrong_password_look_the_same() -> None:
    maak_account()
    onbekend = log_in(Client(), "niemand@voorbeeld.nl", "fout")
    bekend = log_in(Client(), "anna@voorbeeld.nl", "fout")
    assert fouten(onbekend) == fouten(bekend) == fouten(log_in(Client(), "niemand", "fout"))
    assert (onbekend.status_code, len(fouten(onbekend))) == (bekend.status_code, 1)


@pytest.mark.parametrize("naam", ["anna@voorbeeld.nl", "anna", "niemand@voorbeeld.nl", "niemand", "uit@voorbeeld.nl"])
def test_a_wrong_login_costs_one_check_of_a_password_whoever_it_is(monkeypatch: pytest.MonkeyPatch, naam: str) -> None:
    User.objects.filter(pk=maak_account().pk).update(username="anna")
    maak_account(email="uit@voorbeeld.nl", is_active=False)
    gedaan: list[str] = []
    echt = MD5PasswordHasher.encode

    def tel(hasher: MD5PasswordHasher, wachtwoord: str, salt: str) -> str:
        gedaan.append(wachtwoord)
        return echt(hasher, wachtwoord, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", tel)
    log_in(Client(), naam, "fout")
    assert gedaan == ["fout"]


def test_a_reset_looks_the_same_and_mails_once_for_a_known_and_an_unknown_address() -> None:
    maak_account()
    antwoorden = []
    for email in ("anna@voorbeeld.nl", "niemand@voorbeeld.nl"):
        antwoorden.append(Client().post("/account/wachtwoord/vergeten/", {"email": email}))
    assert {a["Location"] for a in antwoorden} == {"/account/wachtwoord/vergeten/verstuurd/"}
    assert {tuple(a.cookies) for a in antwoorden} == {()}
    assert [m.to for m in mail.outbox] == [["anna@voorbeeld.nl"], ["niemand@voorbeeld.nl"]]
    assert mail.outbox[0].subject == mail.outbox[1].subject
    assert "Er hoort geen account bij dit adres" in mail.outbox[1].body
    assert "/account/wachtwoord/kies/" not in mail.outbox[1].body


def test_a_mail_server_that_is_down_is_said_to_everybody_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    def stuk(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    maak_account()
    monkeypatch.setattr("django.core.mail.EmailMessage.send", stuk)
    for email in ("anna@voorbeeld.nl", "niemand@voorbeeld.nl"):
        antwoord = Client().post("/account/wachtwoord/vergeten/", {"email": email})
        assert antwoord.status_code == 503
        assert "De mail kon niet worden verstuurd" in antwoord.content.decode()


def test_a_password_is_reset_by_mail_once_and_ends_all_sessions(client: Client) -> None:
    maak_account()
    log_in(client)
    ander = Client()
    ander.post("/account/wachtwoord/vergeten/", {"email": "anna@voorbeeld.nl"}, headers={"host": "localhost"})
    link = link_in_mail()
    formulier = ander.get(link, follow=True)
    nieuw = "een heel ander wachtwoord"
    ander.post(formulier.redirect_chain[-1][0], {"password1": nieuw, "password2": nieuw})
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")
    assert log_in(Client(), wachtwoord=nieuw)["Location"] == "/beheer/"
    assert "Deze link werkt niet meer" in Client().get(link).content.decode()


def test_a_reset_does_not_pass_by_the_second_step(client: Client) -> None:
    met_app(maak_account())
    client.post("/account/wachtwoord/vergeten/", {"email": "anna@voorbeeld.nl"})
    formulier = client.get(link_in_mail(), follow=True).redirect_chain[-1][0]
    client.post(formulier, {"password1": WACHTWOORD + "!", "password2": WACHTWOORD + "!"})
    assert not is_ingelogd(client)
    assert log_in(client, wachtwoord=WACHTWOORD + "!")["Location"] == CODEPAGINA


def test_mail_goes_to_the_address_of_today_only(client: Client) -> None:
    user = maak_account()
    client.post("/account/wachtwoord/vergeten/", {"email": user.email})
    link = link_in_mail()
    user.email = "nieuw@voorbeeld.nl"
    user.save()
    assert "Deze link werkt niet meer" in client.get(link).content.decode()
    client.post("/account/wachtwoord/vergeten/", {"email": "anna@voorbeeld.nl"})
    assert "geen account" in mail.outbox[-1].body
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    ("wachtwoord", "reden"),
    [
        ("kort", "te kort"),
        ("elf tekens.", "minstens 12 tekens"),
        ("829104756382", "cijfers"),
        ("annabakker@voorbeeld.nl", "lijkt te veel"),
        ("qwertyuiop123", "algemeen"),
    ],
)
def test_a_weak_password_is_refused_in_dutch(client: Client, wachtwoord: str, reden: str) -> None:
    user = maak_account(email="annabakker@voorbeeld.nl")
    client.post("/account/wachtwoord/vergeten/", {"email": user.email})
    formulier = client.get(link_in_mail(), follow=True).redirect_chain[-1][0]
    antwoord = client.post(formulier, {"password1": wachtwoord, "password2": wachtwoord})
    fout = " ".join(antwoord.context["form"].errors["password1"])
    assert "wachtwoord" in fout.lower()
    assert reden in fout
    user.refresh_from_db()
    assert user.check_password(WACHTWOORD)


def test_a_new_password_ends_the_other_sessions_and_not_this_one() -> None:
    maak_account()
    hier, daar = Client(), Client()
    log_in(hier)
    log_in(daar)
    nieuw = "een heel ander wachtwoord"
    velden = {"oldpassword": "fout", "password1": nieuw, "password2": nieuw}
    assert "Dit is niet uw wachtwoord van nu" in hier.post("/account/wachtwoord/", velden).content.decode()
    hier.post("/account/wachtwoord/", velden | {"oldpassword": WACHTWOORD})
    assert hier.get("/beheer/").status_code == 200
    assert daar.get("/beheer/").status_code == 302


def test_a_name_is_changed_on_the_account_page_and_the_session_goes_on(client: Client) -> None:
    user = maak_account()
    log_in(client)
    formulier = client.get("/beheer/account/").context["panels_by_tab"]
    velden = {
        f"{paneel.name}-{naam}": veld.initial or veld.field.initial or ""
        for panelen in formulier.values()
        for paneel in panelen
        for naam, veld in ((veld.name, veld) for veld in paneel.get_form())
    }
    client.post("/beheer/account/", velden | {"name_email-first_name": "Annelies", "name_email-email": "kaap@kwaad.nl"})
    user.refresh_from_db()
    assert (user.first_name, user.email) == ("Annelies", "anna@voorbeeld.nl")
    assert client.get("/beheer/").status_code == 200


VREEMD = st.text(max_size=60) | st.sampled_from(
    ["\x00", "\ud800", "'", "%00", "a" * 5000, "[]", "{}", "null", "1" * 400]
)


@hypothesis_settings(max_examples=60)
@given(
    adres=st.sampled_from(
        ["login/", "wachtwoord/vergeten/", "tweede-stap/inloggen/", "opnieuw/wachtwoord/", "logout/"]
    ),
    velden=st.dictionaries(
        st.sampled_from(["login", "password", "email", "code", "next", "credential", "remember"]), VREEMD, max_size=5
    ),
)
def test_odd_input_at_the_door_is_never_a_server_error(adres: str, velden: dict[str, str]) -> None:
    cache.clear()
    client = Client(raise_request_exception=False)
    codeer = {naam: waarde.encode("utf-8", "surrogatepass") for naam, waarde in velden.items()}
    antwoord = client.post(f"/account/{adres}", urlencode(codeer), content_type="application/x-www-form-urlencoded")
    assert antwoord.status_code in (200, 302, 400)
    assert not is_ingelogd(client)


@given(
    uid=st.text("0123456789abcxyzABC", min_size=1, max_size=20), sleutel=st.text("abc-123%.é", min_size=1, max_size=30)
)
def test_an_odd_link_is_said_not_to_work(uid: str, sleutel: str) -> None:
    cache.clear()
    antwoord = Client(raise_request_exception=False).get(f"/account/wachtwoord/kies/{uid}-{sleutel}/")
    assert "Deze link werkt niet meer" in antwoord.content.decode()


VORM = {
    "id": "eA",
    "rawId": "eA",
    "type": "public-key",
    "response": {"clientDataJSON": "e30", "authenticatorData": "eA"},
}
PASSKEYS: list[Any] = [
    VORM,
    VORM | {"rawId": 1},
    VORM | {"response": {}},
    VORM | {"response": []},
    {"id": 1},
    [],
    {},
    None,
    1,
]


@pytest.mark.parametrize("antwoord", ["", "x", '"', *map(json.dumps, PASSKEYS)])
def test_an_odd_passkey_is_refused(rf: Any, antwoord: str) -> None:
    request = rf.post("/", {"credential": antwoord})
    request.session, request.user = {}, AnonymousUser()
    with request_context(request):
        assert not LoginWebAuthnForm(data=request.POST).is_valid()
        assert not AddWebAuthnForm(user=maak_account(), data=request.POST).is_valid()


def test_the_pages_of_the_login_carry_the_strict_policy_and_are_not_indexed(client: Client) -> None:
    for adres in ("/account/login/", "/account/wachtwoord/vergeten/"):
        antwoord = client.get(adres)
        assert "script-src 'self'" in antwoord.headers["Content-Security-Policy"]
        assert "unsafe" not in antwoord.headers["Content-Security-Policy"]
        assert '<meta name="robots" content="noindex">' in antwoord.content.decode()
    assert "Disallow: /account/" in client.get("/robots.txt").content.decode()


def test_somebody_who_logs_out_everywhere_is_out_on_every_device() -> None:
    maak_account()
    hier, daar = Client(), Client()
    log_in(hier)
    log_in(daar)
    assert hier.get("/account/overal-uitloggen/").status_code == 200
    assert daar.get("/beheer/").status_code == 200
    hier.post("/account/overal-uitloggen/")
    for client in (hier, daar):
        assert client.get("/beheer/")["Location"].startswith("/beheer/login/")
    assert log_in(hier)["Location"] == "/beheer/"
    assert hier.get("/beheer/").status_code == 200


def test_the_account_page_leads_to_all_of_this(redactie: Any) -> None:
    html = redactie.get("/beheer/account/").content.decode()
    for adres in ("/account/tweede-stap/", "/account/wachtwoord/", "/account/overal-uitloggen/"):
        assert f'href="{adres}"' in html
        assert redactie.get(adres).status_code == 200
    assert "avatar" not in re.sub(r"(?s)<script.*?</script>", "", html).lower().replace("w-avatar", "")
    assert 'type="password"' not in html


def test_the_secret_of_the_app_is_made_for_this_set_up(client: Client, tijd: None) -> None:
    maak_account()
    log_in(client)
    assert GEHEIM not in client.get("/account/tweede-stap/app/").content.decode()


KWAAD = [
    "https://kwaad.voorbeeld/",
    "//kwaad.voorbeeld/",
    "///kwaad.voorbeeld",
    "/\\kwaad.voorbeeld",
    "\\\\kwaad.voorbeeld",
    "https:kwaad.voorbeeld",
    "https://testserver@kwaad.voorbeeld/",
    "javascript:alert(1)",
    "\x08//kwaad.voorbeeld",
    " //kwaad.voorbeeld",
]


@pytest.mark.parametrize("naar", KWAAD)
def test_no_door_leads_to_another_site(naar: str, tijd: None) -> None:
    user = met_app(maak_account())
    client, binnen = Client(), Client()
    assert client.post(f"/account/login/?{urlencode({'next': naar})}", {"login": user.email, "password": WACHTWOORD})
    einden = [client.post(f"{CODEPAGINA}?{urlencode({'next': naar})}", {"code": app_code(TEL), "next": naar})]
    assert is_ingelogd(client)
    binnen.force_login(user)
    einden.append(binnen.get("/account/login/", {"next": naar}))
    einden.append(binnen.post("/account/opnieuw/wachtwoord/", {"password": WACHTWOORD, "next": naar}))
    einden.append(binnen.post("/account/logout/", {"next": naar}))
    for antwoord in einden:
        assert antwoord.status_code == 302
        assert antwoord["Location"].startswith(("/account/", "/beheer/")), antwoord["Location"]


def test_the_session_gets_another_key_after_the_second_step_too(tijd: None) -> None:
    met_app(maak_account())
    client = Client()
    log_in(client)
    halverwege = client.session.session_key
    client.post(CODEPAGINA, {"code": app_code(TEL)})
    assert is_ingelogd(client)
    assert client.session.session_key != halverwege


def test_a_login_that_waits_for_its_code_is_over_when_the_password_changes(tijd: None) -> None:
    user = met_app(maak_account())
    dief = Client()
    log_in(dief)
    user.set_password("een heel ander wachtwoord")
    user.save()
    assert dief.post(CODEPAGINA, {"code": app_code(TEL)})["Location"] == "/account/login/"
    assert not is_ingelogd(dief)


def test_a_login_that_waits_for_its_code_is_over_when_the_account_is_switched_off(tijd: None) -> None:
    user = met_app(maak_account())
    client = Client()
    log_in(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    client.post(CODEPAGINA, {"code": app_code(TEL)})
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")


def test_no_browser_is_remembered_past_the_second_step(tijd: None) -> None:
    met_app(maak_account())
    client = Client()
    client.post("/account/login/", {"login": "anna@voorbeeld.nl", "password": WACHTWOORD, "remember": "on"})
    client.post(CODEPAGINA, {"code": app_code(TEL), "remember": "on", "trust": "on"})
    assert is_ingelogd(client)
    assert not client.cookies["sessionid"]["max-age"], "the cookie ends with the browser"
    client.post("/account/overal-uitloggen/")
    assert not any(koekje.value for naam, koekje in client.cookies.items() if naam not in ("csrftoken", "messages"))
    assert log_in(client)["Location"] == CODEPAGINA


def test_an_account_that_is_off_is_not_told_apart_by_a_wrong_password_or_a_reset() -> None:
    maak_account(is_active=False)
    assert fouten(log_in(Client(), "anna@voorbeeld.nl", "fout")) == fouten(log_in(Client(), "niemand", "fout"))
    for email in ("anna@voorbeeld.nl", "niemand@voorbeeld.nl"):
        antwoord = Client().post("/account/wachtwoord/vergeten/", {"email": email})
        assert antwoord["Location"] == "/account/wachtwoord/vergeten/verstuurd/"
    assert mail.outbox[0].body == mail.outbox[1].body


def test_somebody_who_loses_a_role_is_out_of_the_back_office_at_the_next_request(client: Client) -> None:
    user = maak_account()
    log_in(client)
    assert client.get("/beheer/users/").status_code == 200
    user.groups.set([rol("Regiocoördinator")])
    assert client.get("/beheer/users/")["Location"] == "/beheer/"
    user.groups.clear()
    assert client.get("/beheer/").status_code == 403


def test_somebody_who_loses_a_region_cannot_reach_its_blueprints_at_the_next_request(
    client: Client, maak_blauwdruk: Any
) -> None:
    regio = Regio.objects.get(slug="drenthe")
    blauwdruk = maak_blauwdruk(regios=[regio], live=False)
    user = maak_account("Regiocoördinator")
    user.regios.set([regio])
    log_in(client)
    pad = f"/beheer/snippets/blauwdrukken/blauwdruk/edit/{blauwdruk.pk}/"
    assert client.get(pad).status_code == 200
    user.regios.clear()
    for antwoord in (client.get(pad), client.post(pad, {})):
        assert antwoord.status_code == 302
        assert antwoord["Location"] == "/beheer/"
