"""What the tables of packages keep in Lichen's database, and of which class each column is: they say nothing of it."""

from __future__ import annotations

__all__ = ["COLUMNS", "TABLES"]

TABLES = {
    "account_emailaddress": "Addresses of people, and whether they were confirmed (allauth)",
    "account_emailconfirmation": "Links that confirm an address (allauth); empty: codes are typed in instead, and"
    " stand in the sealed session",
    "auth_group": "Groups (Django); empty: Lichen has one table of permissions in its code",
    "auth_group_permissions": "Permissions of groups (Django); empty",
    "auth_permission": "Permissions (Django), made by migrations; nothing asks for them",
    "axes_accessattempt": "Failed attempts to sign in (axes)",
    "axes_accessattemptexpiration": "When such attempts end (axes); empty: they end by their age",
    "axes_accessfailurelog": "Each failure apart (axes); empty: switched off",
    "axes_accesslog": "Each time that somebody signed in (axes); empty: switched off",
    "django_content_type": "Names of kinds of rows (Django), made by migrations",
    "django_migrations": "Which changes of the tables were made (Django)",
    "django_q_ormq": "Jobs that wait (django-q2)",
    "django_q_schedule": "What is done by the clock (django-q2)",
    "django_q_task": "Jobs that failed (django-q2); what succeeded leaves no row",
    "mfa_authenticator": "Second factors and passkeys (allauth)",
    "socialaccount_socialaccount": "Which account of a provider belongs to whom (allauth)",
    "socialaccount_socialapp": "Providers (allauth); empty: they stand in the host's file",
    "socialaccount_socialtoken": "Tokens of providers (allauth); empty: none is kept",
}
"""What each table holds."""

_ID = {"id": "internal: which it is"}
_TRIED = {
    "user_agent": "personal: what the browser said that it is",
    "ip_address": "personal: from which address of the network",
    "username": "personal: a keyed digest of the account that was tried; what was typed is not kept",
    "http_accept": "internal: what the browser said that it takes",
    "path_info": "internal: the path of the page",
    "attempt_time": "personal: when",
}

COLUMNS: dict[str, dict[str, str]] = {
    "account_emailaddress": _ID
    | {
        "user_id": "personal: whose",
        "email": "personal: the address",
        "verified": "personal: whether a code that was sent there was typed in",
        "primary": "personal: whether it is the one they sign in with",
    },
    "account_emailconfirmation": _ID
    | {
        "created": "personal: when it was made",
        "sent": "personal: when it was sent",
        "key": "secret: what stands in the link",
        "email_address_id": "personal: of which address",
    },
    "auth_group": _ID | {"name": "internal: its name"},
    "auth_group_permissions": _ID
    | {"group_id": "internal: which group", "permission_id": "internal: which permission"},
    "auth_permission": _ID
    | {
        "name": "internal: its name",
        "content_type_id": "internal: for what kind of row",
        "codename": "internal: its name in code",
    },
    "axes_accessattempt": _ID
    | _TRIED
    | {
        "get_data": "personal: what stood behind the question mark; addresses and where to go on are struck out",
        "post_data": "personal: the form; address, password and token are struck out",
        "failures_since_start": "personal: how often in a row",
    },
    "axes_accessattemptexpiration": {
        "access_attempt_id": "personal: of which attempt",
        "expires_at": "internal: until when it counts",
    },
    "axes_accessfailurelog": _ID | _TRIED | {"locked_out": "personal: whether they were locked out"},
    "axes_accesslog": _ID
    | _TRIED
    | {
        "logout_time": "personal: when they signed out",
        "session_hash": "personal: a digest of the session",
    },
    "django_content_type": _ID
    | {
        "app_label": "internal: of which part",
        "model": "internal: which kind of row",
    },
    "django_migrations": _ID
    | {
        "app": "internal: of which part",
        "name": "internal: which change",
        "applied": "internal: when",
    },
    "django_q_ormq": _ID
    | {
        "key": "internal: which queue",
        "payload": "internal: the job and the ids that it is about, signed; never more",
        "lock": "internal: until when a worker has it",
    },
    "django_q_schedule": _ID
    | {
        "name": "internal: which job",
        "func": "internal: what the worker calls",
        "hook": "internal: what is called afterwards; nothing",
        "args": "internal: the job's name",
        "kwargs": "internal: more of it; nothing",
        "schedule_type": "internal: how often",
        "minutes": "internal: every how many minutes, where it is by minutes",
        "repeats": "internal: how many times more; for ever",
        "next_run": "internal: when next",
        "cron": "internal: how often, in the words of cron; nothing",
        "task": "internal: the last one that failed or ran",
        "cluster": "internal: which queue; nothing",
        "intended_date_kwarg": "internal: how the job is told for when it was meant; nothing",
    },
    "django_q_task": {
        "id": "internal: which it is",
        "name": "internal: which job",
        "func": "internal: what the worker called",
        "hook": "internal: what is called afterwards; nothing",
        "args": "internal: the job's name and ids",
        "kwargs": "internal: more of it; nothing",
        "result": "internal: the class of what went wrong and the places in the program; no words",
        "group": "internal: a name for several; the schedule's",
        "cluster": "internal: which queue",
        "started": "internal: when it began",
        "stopped": "internal: when it ended",
        "success": "internal: whether it succeeded",
        "attempt_count": "internal: how often it was tried",
    },
    "mfa_authenticator": _ID
    | {
        "user_id": "personal: whose",
        "type": "personal: an app, recovery codes or a passkey",
        "data": "secret: of an app and of recovery codes the secret, sealed for the host; of a passkey its public half",
        "created_at": "personal: when it was set up",
        "last_used_at": "personal: when it was last used",
    },
    "socialaccount_socialaccount": _ID
    | {
        "user_id": "personal: whose",
        "provider": "personal: which provider",
        "uid": "personal: who they are there",
        "last_login": "personal: when they last came in that way",
        "date_joined": "personal: when they first did",
        "extra_data": "personal: what else the provider told; emptied before it is kept",
    },
    "socialaccount_socialapp": _ID
    | {
        "provider": "internal: which kind",
        "provider_id": "internal: which provider",
        "name": "internal: its name",
        "client_id": "internal: who Lichen is there",
        "secret": "secret: with which Lichen shows that",
        "key": "secret: more of it",
        "settings": "internal: more about it",
    },
    "socialaccount_socialtoken": _ID
    | {
        "app_id": "internal: of which provider",
        "account_id": "personal: whose",
        "token": "secret: the token",
        "token_secret": "secret: its second half",
        "expires_at": "internal: until when",
    },
}
"""What each column holds, as ``classification: meaning``."""
