"""Accounts, passwords, the second factor, and how often one may guess."""

from kennisbank.startup import THIS_MACHINE

from .environment import ALLOWED_HOSTS, BASE_HOST, BASE_HOST_IS_IP, BEHIND_PROXY, LOCAL, env, faults

AUTH_USER_MODEL = "kennisbank.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
AUTHENTICATION_BACKENDS = ["kennisbank.login.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "kennisbank.login.password_rules.MinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # also of the link in an invitation

# A logged-in session ends after so many seconds without work, and after so many in all.
SESSION_IDLE_SECONDS = 2 * 3600
SESSION_MAX_SECONDS = 12 * 3600

ACCOUNT_ADAPTER = "kennisbank.login.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # who is invited by mail has shown to read it
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # who did not change a password or a factor oneself, has to hear of it
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_DISPLAY = "kennisbank.login.adapters.display_name"
# "key" is account and address together; of the second factor ("login_failed" once more) it is the account.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,10/5m/key,60/d/key",
    "second_factor": "5/5m/key,20/d/key",
    "reset_password": "10/m/ip,3/5m/key",
    "reset_password_from_key": "20/m/ip",
}
ACCOUNT_FORMS = {
    "login": "kennisbank.login.forms.LoginForm",
    "reauthenticate": "kennisbank.login.forms.ReauthenticateForm",
    "reset_password": "kennisbank.login.forms.ResetPasswordForm",
    "reset_password_from_key": "kennisbank.login.forms.ResetPasswordKeyForm",
    "change_password": "kennisbank.login.forms.ChangePasswordForm",
}

# Only a trial that nobody else can reach may do without the second factor.
MAY_SKIP_MFA = (
    LOCAL and not BEHIND_PROXY and {BASE_HOST, env("HOST", default="127.0.0.1"), *ALLOWED_HOSTS} <= THIS_MACHINE
)
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=not MAY_SKIP_MFA)
if not MFA_REQUIRED and not MAY_SKIP_MFA:
    faults.append(
        "MFA_REQUIRED=0 is alleen voor een proef op uw eigen computer: met LOCAL=1, met BASE_URL, ALLOWED_HOSTS en "
        "HOST op localhost, en zonder BEHIND_PROXY."
    )
MFA_ADAPTER = "kennisbank.login.adapters.SecondFactorAdapter"
# A passkey belongs to a host name: browsers refuse it for an address of digits.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", *([] if BASE_HOST_IS_IP else ["webauthn"])]
MFA_PASSKEY_LOGIN_ENABLED = not BASE_HOST_IS_IP
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "kennisbank.login.forms.AuthenticateForm",
    "reauthenticate": "kennisbank.login.forms.ReauthenticateCodeForm",
    "activate_totp": "kennisbank.login.forms.ActivateTOTPForm",
    "add_webauthn": "kennisbank.login.forms.AddWebAuthnForm",
    "login_webauthn": "kennisbank.login.forms.LoginWebAuthnForm",
    "authenticate_webauthn": "kennisbank.login.forms.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "kennisbank.login.forms.ReauthenticateWebAuthnForm",
}
