"""Accounts in the back office: who may make, change and help whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from kennisbank.models import User
from regios.models import Regio
from tests.beheer.people import send_change
from tests.kennisbank.login import (
    PASSWORD,
    create_account,
    link_in_mail,
    log_in,
    role_group,
    with_app,
    without_mail_server,
)

LIST_URL, NEW_URL = "/beheer/users/", "/beheer/users/new/"


@pytest.fixture
def secretary_client(client: Client) -> Client:
    client.force_login(create_account(email="sec@voorbeeld.nl"))
    return client


def form_data(*roles: str, **other: Any) -> dict[str, Any]:
    """What the form of an account is sent with."""
    fields = {"first_name": "Jan", "last_name": "de Wit", "email": "jan@voorbeeld.nl"}
    return fields | {"groups": [role_group(name).pk for name in roles], "organisatie": ""} | other


def invite_jan(client: Client) -> User:
    regio = Regio.objects.first()
    client.post(NEW_URL, form_data("Regiocoördinator", regios=[regio.pk] if regio else []))
    return User.objects.get(email="jan@voorbeeld.nl")


def test_an_invited_account_has_role_and_regions_and_no_password(secretary_client: Client) -> None:
    jan = invite_jan(secretary_client)
    assert [group.name for group in jan.groups.all()] == ["Regiocoördinator"]
    assert list(jan.regios.all()) == [Regio.objects.first()]
    assert not jan.has_usable_password()
    assert 'type="password"' not in secretary_client.get(NEW_URL).content.decode()


def test_the_invitation_is_a_plain_dutch_mail_with_a_link_that_works_once(secretary_client: Client) -> None:
    invite_jan(secretary_client)
    message: Any = mail.outbox[0]
    assert message.to == ["jan@voorbeeld.nl"]
    assert "Beste Jan de Wit" in message.body
    assert "Anna Bakker heeft een account voor u gemaakt" in message.body
    assert message.alternatives == []
    jan = Client()
    link = link_in_mail()
    form = jan.get(link, follow=True).redirect_chain[-1][0]
    response = jan.post(form, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert "Uw wachtwoord is bewaard" in response.content.decode()
    assert log_in(jan, "jan@voorbeeld.nl")["Location"] == "/beheer/"
    assert "Deze link werkt niet meer" in Client().get(link).content.decode()


@pytest.mark.parametrize(("after", "works"), [(timedelta(days=3), True), (timedelta(days=3, seconds=2), False)])
def test_a_link_expires_after_three_days(
    secretary_client: Client, monkeypatch: pytest.MonkeyPatch, after: timedelta, works: bool
) -> None:
    invite_jan(secretary_client)
    later = datetime.now() + after  # noqa: DTZ005 (the clock of these links knows no zone)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _: later)
    assert ("Deze link werkt niet meer" in Client().get(link_in_mail(), follow=True).content.decode()) != works


def test_another_invitation_ends_the_earlier_link(secretary_client: Client) -> None:
    jan = invite_jan(secretary_client)
    old = link_in_mail()
    action = f"/beheer/users/opnieuw-uitnodigen/{jan.pk}/"
    assert action in secretary_client.get(f"/beheer/users/edit/{jan.pk}/").content.decode()
    secretary_client.post(action)
    assert "Deze link werkt niet meer" in Client().get(old).content.decode()
    assert Client().get(link_in_mail()).status_code == 302


def test_an_invitation_that_cannot_be_mailed_is_said_and_can_be_sent_later(
    secretary_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        without_mail_server(patch)
        response = secretary_client.post(NEW_URL, form_data("Werkgeversorganisatie"), follow=True)
    assert "De mail kon niet worden verstuurd" in response.content.decode()
    secretary_client.post(f"/beheer/users/opnieuw-uitnodigen/{User.objects.get(first_name='Jan').pk}/")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("email", ["SEC@voorbeeld.nl", "sec@voorbeeld.nl", "geen adres", ""])
def test_a_mail_address_is_asked_and_belongs_to_one_account(secretary_client: Client, email: str) -> None:
    response = secretary_client.post(NEW_URL, form_data("Secretariaat", email=email))
    assert response.status_code == 200
    assert "email" in response.context["form"].errors
    assert User.objects.count() == 1


def test_the_database_keeps_mail_addresses_apart() -> None:
    create_account()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(username="x", email="ANNA@voorbeeld.nl")])
    User.objects.create_user("zonder-mail")
    User.objects.create_user("ook-zonder-mail")


def test_a_coordinator_has_a_region_and_everybody_a_role(secretary_client: Client) -> None:
    assert "regios" in secretary_client.post(NEW_URL, form_data("Regiocoördinator")).context["form"].errors
    assert "groups" in secretary_client.post(NEW_URL, form_data()).context["form"].errors


def test_the_secretariat_cannot_make_a_beheerder_or_a_superuser(secretary_client: Client) -> None:
    response = secretary_client.post(NEW_URL, form_data("Beheerder", is_superuser="on"))
    assert "groups" in response.context["form"].errors
    secretary_client.post(NEW_URL, form_data("Secretariaat", is_superuser="on", is_staff="on", user_permissions=[1]))
    jan = User.objects.get(email="jan@voorbeeld.nl")
    assert not jan.is_superuser
    assert not jan.user_permissions.exists()
    send_change(
        secretary_client, f"/beheer/users/edit/{jan.pk}/", form_data("Secretariaat", "Beheerder", is_active="on")
    )
    assert not jan.groups.filter(name="Beheerder").exists()


def test_a_role_with_unknown_rights_is_given_by_a_beheerder_only(secretary_client: Client) -> None:
    special = Group.objects.create(name="Bijzonder")
    assert "groups" in secretary_client.post(NEW_URL, form_data(groups=[special.pk])).context["form"].errors
    beheerder = Client()
    beheerder.force_login(create_account("Beheerder"))
    beheerder.post(NEW_URL, form_data(groups=[special.pk]))
    assert User.objects.get(email="jan@voorbeeld.nl").groups.get() == special
    beheerder.post(NEW_URL, form_data("Beheerder", email="hoger@voorbeeld.nl", is_superuser="on"))
    assert User.objects.get(email="hoger@voorbeeld.nl").groups.get().name == "Beheerder"
    assert not User.objects.filter(is_superuser=True).exists()


def test_nobody_gives_himself_a_role_or_switches_himself_off(secretary_client: Client) -> None:
    own = User.objects.get()
    send_change(secretary_client, f"/beheer/users/edit/{own.pk}/", form_data("Regiocoördinator", email=own.email))
    own.refresh_from_db()
    assert own.first_name == "Jan"
    assert [group.name for group in own.groups.all()] == ["Secretariaat"]
    assert own.is_active


@pytest.mark.parametrize("higher", ["Beheerder", "superuser"])
def test_the_account_of_somebody_with_more_rights_is_closed_to_the_secretariat(
    secretary_client: Client, higher: str
) -> None:
    if higher == "superuser":
        boss = User.objects.create_superuser("baas", "baas@voorbeeld.nl", PASSWORD)
    else:
        boss = create_account("Beheerder", "baas@voorbeeld.nl")
    with_app(boss)
    before = User.objects.filter(pk=boss.pk).values().get()
    for path in ("edit", "delete", "history", "tweede-stap-wissen", "opnieuw-uitnodigen"):
        for act in (secretary_client.get, secretary_client.post):
            assert act(f"/beheer/users/{path}/{boss.pk}/", form_data("Secretariaat"))["Location"] == "/beheer/"
    for action, extra in {
        "set_active_state": {"mark_as_active": "False"},
        "assign_role": {"role": role_group("Secretariaat").pk},
        "delete": {},
    }.items():
        secretary_client.post(f"/beheer/bulk/kennisbank/user/{action}/?id={boss.pk}", extra)
    assert User.objects.filter(pk=boss.pk).values().get() == before
    assert Authenticator.objects.filter(user=boss).count() == 2
    assert not boss.groups.filter(name="Secretariaat").exists()
    assert f"/beheer/users/edit/{boss.pk}/" not in secretary_client.get(LIST_URL).content.decode()


def test_the_secretariat_cannot_give_the_role_beheerder_in_bulk(secretary_client: Client) -> None:
    other, own = create_account("Werkgeversorganisatie"), User.objects.get(email="sec@voorbeeld.nl")
    for user in (other, own):
        path = f"/beheer/bulk/kennisbank/user/assign_role/?id={user.pk}"
        secretary_client.post(path, {"role": role_group("Beheerder").pk})
        assert not user.groups.filter(name="Beheerder").exists()


@pytest.mark.parametrize("role_name", ["Regiocoördinator", "Werkgeversorganisatie"])
def test_other_roles_do_not_see_accounts(client: Client, role_name: str) -> None:
    other = create_account("Werkgeversorganisatie", "ander@voorbeeld.nl")
    client.force_login(create_account(role_name))
    paths = [LIST_URL, NEW_URL]
    paths += [f"/beheer/users/{path}/{other.pk}/" for path in ("edit", "history", "delete", "tweede-stap-wissen")]
    for path in paths:
        assert client.get(path)["Location"] == "/beheer/"
        assert client.post(path, form_data("Werkgeversorganisatie"))["Location"] == "/beheer/"
    assert not User.objects.filter(first_name="Jan").exists()


def test_somebody_who_lost_the_phone_gets_a_new_second_step_with_a_trace(
    secretary_client: Client, settings: Any
) -> None:
    settings.MFA_REQUIRED = False
    jan = with_app(create_account("Werkgeversorganisatie", "jan@voorbeeld.nl"))
    client = Client()
    client.force_login(jan)
    assert client.get("/beheer/").status_code == 200
    action = f"/beheer/users/tweede-stap-wissen/{jan.pk}/"
    assert "Wis de tweede stap" in secretary_client.get(action).content.decode()
    assert Authenticator.objects.filter(user=jan).exists()
    secretary_client.post(action)
    assert not Authenticator.objects.filter(user=jan).exists()
    assert client.get("/beheer/").status_code == 302
    line = ModelLogEntry.objects.get(action="kennisbank.tweede_stap_gewist")
    assert (line.user, line.object_id) == (User.objects.get(email="sec@voorbeeld.nl"), str(jan.pk))
    assert "Tweede stap gewist" in secretary_client.get(f"/beheer/users/history/{jan.pk}/").content.decode()
    assert mail.outbox[-1].to == ["jan@voorbeeld.nl"]
    assert "gewist" in mail.outbox[-1].body


def test_there_is_no_button_where_there_is_nothing_to_do(secretary_client: Client) -> None:
    jan = create_account("Werkgeversorganisatie", "jan@voorbeeld.nl")
    html = secretary_client.get(f"/beheer/users/edit/{jan.pk}/").content.decode()
    for action in ("opnieuw-uitnodigen", "tweede-stap-wissen"):
        assert f"/beheer/users/{action}/" not in html
        assert secretary_client.post(f"/beheer/users/{action}/{jan.pk}/")["Location"] == "/beheer/"
    assert jan.check_password(PASSWORD)


def test_an_account_that_the_secretariat_switches_off_is_out_at_once(secretary_client: Client) -> None:
    jan = create_account("Werkgeversorganisatie", "jan@voorbeeld.nl")
    client = Client()
    log_in(client, "jan@voorbeeld.nl")
    assert client.get("/beheer/").status_code == 200
    send_change(secretary_client, f"/beheer/users/edit/{jan.pk}/", form_data("Werkgeversorganisatie"))
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")


def test_the_user_name_follows_the_mail_address(secretary_client: Client) -> None:
    jan = invite_jan(secretary_client)
    send_change(
        secretary_client,
        f"/beheer/users/edit/{jan.pk}/",
        form_data("Werkgeversorganisatie", email="J.wit@voorbeeld.nl"),
    )
    jan.refresh_from_db()
    assert (jan.username, jan.email) == ("j.wit@voorbeeld.nl", "j.wit@voorbeeld.nl")


def test_a_new_mail_address_is_told_to_the_earlier_one(
    secretary_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    jan = create_account("Werkgeversorganisatie", "jan@voorbeeld.nl")
    path = f"/beheer/users/edit/{jan.pk}/"
    send_change(secretary_client, path, form_data("Werkgeversorganisatie", is_active="on", email="JAN@voorbeeld.nl"))
    assert mail.outbox == []
    send_change(secretary_client, path, form_data("Werkgeversorganisatie", is_active="on", email="nieuw@voorbeeld.nl"))
    assert [message.to for message in mail.outbox] == [["jan@voorbeeld.nl"]]
    assert "Anna Bakker heeft het mailadres" in mail.outbox[0].body
    assert "nieuw@voorbeeld.nl" in mail.outbox[0].body
    without_mail_server(monkeypatch)
    response = send_change(secretary_client, path, form_data("Werkgeversorganisatie", is_active="on"), follow=True)
    assert "De gebruiker kreeg hierover geen mail" in response.content.decode()
    assert User.objects.filter(pk=jan.pk, email="jan@voorbeeld.nl").exists()


def test_the_list_shows_role_regions_login_and_second_step_and_filters(secretary_client: Client) -> None:
    invite_jan(secretary_client)
    with_app(create_account("Werkgeversorganisatie", "piet@voorbeeld.nl", last_login=timezone.now()))
    html = secretary_client.get(LIST_URL).content.decode()
    for text in ("Jan de Wit", "Regiocoördinator", str(Regio.objects.first()), "Tweede stap", "Laatst ingelogd"):
        assert text in html
    filtered = secretary_client.get(LIST_URL, {"groups": role_group("Regiocoördinator").pk}).content.decode()
    assert "jan@voorbeeld.nl" in filtered
    assert "piet@voorbeeld.nl" not in filtered
    filtered = secretary_client.get(LIST_URL, {"tweede_stap": "true"}).content.decode()
    assert "piet@voorbeeld.nl" in filtered
    assert "jan@voorbeeld.nl" not in filtered
    assert "jan@voorbeeld.nl" in secretary_client.get(LIST_URL, {"q": "wit"}).content.decode()


def test_the_list_asks_as_much_of_the_database_for_many_accounts(
    secretary_client: Client, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    secretary_client.get(LIST_URL)
    create_account("Werkgeversorganisatie", "een@voorbeeld.nl")
    with CaptureQueriesContext(connection) as first:
        secretary_client.get(LIST_URL)
    for nummer in range(12):
        with_app(create_account("Werkgeversorganisatie", f"nog{nummer}@voorbeeld.nl"))
    with django_assert_max_num_queries(len(first)):
        secretary_client.get(LIST_URL)


def test_the_first_beheerder_is_made_with_a_link(capsys: Any) -> None:
    call_command("maak_beheerder", "Baas@voorbeeld.nl", voornaam="Bea", achternaam="Baas")
    bea = User.objects.get()
    assert (bea.email, bea.is_superuser, bea.groups.get().name) == ("baas@voorbeeld.nl", True, "Beheerder")
    assert link_in_mail() in capsys.readouterr().out
    assert Client().get(link_in_mail()).status_code == 302
    with pytest.raises(CommandError, match="bestaat al"):
        call_command("maak_beheerder", "baas@voorbeeld.nl")


def test_a_beheerder_who_lost_everything_gets_back_in_and_nobody_else_does(capsys: Any) -> None:
    bea = with_app(User.objects.create_superuser("baas", "baas@voorbeeld.nl", PASSWORD))
    call_command("maak_beheerder", "baas@voorbeeld.nl", opnieuw=True)
    assert not Authenticator.objects.filter(user=bea).exists()
    assert "http" in capsys.readouterr().out
    create_account()
    for email in ("anna@voorbeeld.nl", "niemand@voorbeeld.nl"):
        with pytest.raises(CommandError, match="geen beheerder"):
            call_command("maak_beheerder", email, opnieuw=True)
    with pytest.raises(CommandError, match="geen mailadres"):
        call_command("maak_beheerder", "geen adres")
