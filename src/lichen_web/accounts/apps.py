"""The app of people, organisations and circles."""

from django.apps import AppConfig

__all__ = ["Accounts"]


class Accounts(AppConfig):
    """People, sign-in, membership of organisations, circles."""

    name = "lichen_web.accounts"
    label = "accounts"
