"""A provider of OpenID Connect on this machine, run in a process of its own: ``python oidc_provider.py FOLDER``.

It is allauth's own, and knows Ada, Bo and a visitor from another domain. It prints its port and serves until its
input is closed.
"""

from __future__ import annotations

import sys
import threading
import types
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

PORTS = range(8200, 8250)
PASSWORD = "the provider's own password"  # noqa: S105 - of nobody
PEOPLE = ("ada@hospital.example", "bo@hospital.example", "visitor@elsewhere.example")
CLIENT, SECRET = "lichen", "a secret between two houses"
CALLBACK = "http://testserver/account/oidc/hospital/login/callback/"


def configured(folder: Path) -> None:
    key = rsa.generate_private_key(65537, 2048)
    urls = types.ModuleType("provider_urls")
    urls.urlpatterns = []
    sys.modules["provider_urls"] = urls
    settings.configure(
        SECRET_KEY="of the provider",  # noqa: S106 - of nobody
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="provider_urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        USE_TZ=True,
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        IDP_OIDC_PRIVATE_KEY=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
    )
    django.setup()
    urls.urlpatterns += [path("accounts/", include("allauth.account.urls")), path("", include("allauth.idp.urls"))]


def peopled() -> None:
    """Ada, Bo, a visitor, and Lichen as a client; models can be had only once Django is set up."""
    email_address, client = (apps.get_model(name) for name in ("account.EmailAddress", "allauth_idp_oidc.Client"))
    call_command("migrate", verbosity=0)
    for email in PEOPLE:
        name = email.partition("@")[0]
        users = get_user_model().objects
        user = users.create_user(name, email, PASSWORD, first_name=name.title(), last_name="Somebody")
        email_address.objects.create(user=user, email=email, primary=True, verified=True)
    lichen = client(id=CLIENT, name="Lichen", skip_consent=True, redirect_uris=CALLBACK)
    lichen.set_scopes(["openid", "profile", "email"])
    lichen.set_secret(SECRET)
    lichen.save()


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def serving() -> WSGIServer:
    for port in PORTS:
        try:
            return make_server("127.0.0.1", port, get_wsgi_application(), Server, Quiet)
        except OSError:
            continue
    raise SystemExit("no port is free")


if __name__ == "__main__":
    configured(Path(sys.argv[1]))
    peopled()
    server = serving()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()
