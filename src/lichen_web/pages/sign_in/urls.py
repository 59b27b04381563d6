"""The addresses of signing in: those pages of allauth that are needed here, and no others."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as providers
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from lichen_web.pages.sign_in.saml import saml_urls
from lichen_web.pages.sign_in.where import sessions
from lichen_web.sign_in import SAML_APP

__all__ = ["OWN", "SINGLE_SIGN_ON"]


OWN: list[URLPattern | URLResolver] = [
    path("signup/", account.signup, name="account_signup"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", account.email, name="account_email"),
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/confirm/", account.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path("password/reset/complete/", account.complete_password_reset, name="account_complete_password_reset"),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_password_reset_completed"),
    path("sessions/", sessions, name="account_sessions"),
    path("2fa/", second_factor.index, name="mfa_index"),
    path("2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("2fa/passkeys/login/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("2fa/passkeys/reauthenticate/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("2fa/passkeys/<int:pk>/edit/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("2fa/passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
]
"""For everybody."""

SINGLE_SIGN_ON: list[URLPattern | URLResolver] = [
    path("cancelled/", providers.login_cancelled, name="socialaccount_login_cancelled"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
"""For hosts that have named providers."""

urlpatterns = [
    *OWN,
    *(SINGLE_SIGN_ON if settings.SOCIALACCOUNT_PROVIDERS else []),
    *(saml_urls() if apps.is_installed(SAML_APP) else []),
]
