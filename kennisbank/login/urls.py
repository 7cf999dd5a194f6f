"""Addresses of the login: those of allauth that this site uses, below /account/; there is none to sign up."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.conf import settings
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import LogoutView

from .account_page import AccountPage
from .views import LogOutEverywhere

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("overal-uitloggen/", LogOutEverywhere.as_view(), name="overal-uitloggen"),
    path("uitgezet/", account.account_inactive, name="account_inactive"),
    path("opnieuw/wachtwoord/", account.reauthenticate, name="account_reauthenticate"),
    path("opnieuw/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("wachtwoord/", account.password_change, name="account_change_password"),
    path("wachtwoord/vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path("wachtwoord/kies/klaar/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^wachtwoord/kies/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("wachtwoord/kies/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"),
    path("tweede-stap/", second_factor.index, name="mfa_index"),
    path("tweede-stap/inloggen/", second_factor.authenticate, name="mfa_authenticate"),
    path("tweede-stap/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("tweede-stap/app/weg/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tweede-stap/herstelcodes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tweede-stap/herstelcodes/nieuw/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
if "webauthn" in settings.MFA_SUPPORTED_TYPES:
    urlpatterns += [
        path("opnieuw/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
        path("passkey/inloggen/", passkey.login_webauthn, name="mfa_login_webauthn"),
        path("passkey/nieuw/", passkey.add_webauthn, name="mfa_add_webauthn"),
        path("passkey/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
        path("passkey/<int:pk>/weg/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    ]

# Wagtail's own login and reset know no second factor: their addresses lead here. Its logout takes the cookie away
# from whoever only follows a link to it.
beheer_patterns = [
    path("logout/", never_cache(require_admin_access(require_POST(LogoutView.as_view())))),
    path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("account/", never_cache(require_admin_access(AccountPage.as_view()))),
]
