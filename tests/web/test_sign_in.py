"""The file that names providers for single sign-on: read whole, every problem told at once and none repeated."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lichen.errors import InputError
from lichen_web.sign_in import sign_in_providers
from tests.web.pages.sign_in.saml_provider import Provider

HOSPITAL = {
    "id": "hospital",
    "name": "Hospital",
    "domains": ["hospital.example"],
    "server": "https://sign-in.hospital.example",
    "client_id": "lichen",
    "secret": "planted-secret",
}
UNIVERSITY = {
    "id": "university",
    "name": "University",
    "domains": ["university.example", "uni.example"],
    "entity_id": "https://sign-in.university.example/saml",
    "sign_in_url": "https://sign-in.university.example/sso",
    "certificate": Provider().certificate,
}


@pytest.fixture
def written(tmp_path: Path):
    def write(content: object, mode: int = 0o600) -> Path:
        file = tmp_path / "sign-in.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        file.chmod(mode)
        return file

    return write


def problems(file: Path) -> list[str]:
    with pytest.raises(InputError) as refused:
        sign_in_providers(file)
    assert "planted-secret" not in str(refused.value)
    return [str(problem) for problem in refused.value.problems]


def places(file: Path) -> list[str]:
    return [problem.partition(":")[0] for problem in problems(file)]


def test_without_a_file_nobody_is_named():
    assert sign_in_providers(None) == {}


def test_each_provider_is_believed_in_its_own_domains(written):
    made = sign_in_providers(written({"openid_connect": [HOSPITAL], "saml": [UNIVERSITY]}))
    settings = [app["settings"] for kind in ("openid_connect", "saml") for app in made[kind]["APPS"]]
    assert [each["verified_email"] for each in settings] == [
        ["hospital.example"],
        ["university.example", "uni.example"],
    ]
    assert made["openid_connect"]["OAUTH_PKCE_ENABLED"] is True
    assert made["saml"]["APPS"][0]["settings"]["advanced"]["want_assertion_signed"] is True


def test_a_kind_without_providers_is_left_out(written):
    assert sign_in_providers(written({"openid_connect": [], "saml": []})) == {}
    assert set(sign_in_providers(written({"openid_connect": [HOSPITAL]}))) == {"openid_connect"}


def test_names_of_attributes_can_be_given(written):
    made = sign_in_providers(written({"saml": [{**UNIVERSITY, "attributes": {"email": "mail", "uid": "user"}}]}))
    assert made["saml"]["APPS"][0]["settings"]["attribute_mapping"] == {"email": "mail", "uid": "user"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "Hospital North"),
        ("id", ""),
        ("name", ""),
        ("domains", []),
        ("domains", "hospital.example"),
        ("domains", ["everybody"]),
        ("server", "http://sign-in.hospital.example"),
        ("server", "sign-in.hospital.example"),
        ("client_id", 5),
        ("secret", None),
    ],
)
def test_what_cannot_be_used_is_refused(written, key: str, value: Any):
    assert places(written({"openid_connect": [{**HOSPITAL, key: value}]})) == [
        f"sign-in.json, openid_connect, item 1, {key}"
    ]


def test_a_provider_on_this_machine_may_do_without_tls(written):
    local = {**HOSPITAL, "server": "http://127.0.0.1:8200"}
    assert set(sign_in_providers(written({"openid_connect": [local]}))) == {"openid_connect"}


def test_every_problem_is_told_at_once(written):
    content = {
        "openid_connect": [{}, {**HOSPITAL, "colour": "grey"}],
        "saml": [{**UNIVERSITY, "certificate": "MIIplanted-secret", "id": "hospital"}, "text"],
        "ldap": [],
    }
    missing = [f"sign-in.json, openid_connect, item 1, {key}" for key in HOSPITAL]
    empty = [f"sign-in.json, saml, item 2, {key}" for key in UNIVERSITY]
    assert sorted(places(written(content))) == sorted(
        [
            "sign-in.json, ldap",
            *missing,
            "sign-in.json, openid_connect, item 2, colour",
            "sign-in.json, openid_connect, item 2, id",
            "sign-in.json, saml, item 1, certificate",
            "sign-in.json, saml, item 1, id",
            *empty,
        ]
    )


@pytest.mark.parametrize("content", ["", "[]", "{", '{"openid_connect": {}}', '{"saml": 3}'])
def test_what_is_no_such_file_is_refused(written, content: str):
    assert len(problems(written(content))) == 1


def test_a_file_that_others_can_read_is_refused(written):
    assert problems(written({"openid_connect": [HOSPITAL]}, mode=0o644))[0].startswith(
        "sign-in.json: others on this machine may read its secrets"
    )


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    assert places(tmp_path / "nowhere.json") == ["nowhere.json"]


def answer_of_a_host(file: Path, code: str) -> subprocess.CompletedProcess[str]:
    """What a process of a host with this file prints."""
    setting_up = "import django; django.setup(); from django.urls import reverse; "
    there = {"LICHEN_SIGN_IN_FILE": str(file), "LICHEN_HOME": str(file.parent / "home")}
    told = {**os.environ, **there, "DJANGO_SETTINGS_MODULE": "lichen_web.settings"}
    command = [sys.executable, "-W", "ignore", "-c", setting_up + code]
    return subprocess.run(command, env=told, capture_output=True, text=True, check=False)


def test_a_host_with_providers_has_their_addresses(written):
    file = written({"openid_connect": [HOSPITAL], "saml": [UNIVERSITY]})
    code = "print(reverse('openid_connect_callback', args=['hospital']), reverse('saml_acs', args=['university']))"
    answer = answer_of_a_host(file, code)
    assert (answer.stdout.split(), answer.stderr) == (
        ["/account/oidc/hospital/login/callback/", "/account/saml/university/acs/"],
        "",
    )


def test_a_host_whose_providers_speak_no_saml_has_no_address_for_it(written):
    answer = answer_of_a_host(written({"openid_connect": [HOSPITAL]}), "reverse('saml_acs', args=['university'])")
    assert "NoReverseMatch" in answer.stderr


def test_a_host_with_an_unusable_file_does_not_start(written):
    answer = answer_of_a_host(written({"saml": [{}], "ldap": []}), "print('started')")
    assert (answer.stdout, answer.stderr.count("right would be")) == ("", 7)
