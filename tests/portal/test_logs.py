"""What production writes into its log: one JSON line a request, and nothing that says who it was."""

import json
import logging

import pytest
from django.db import IntegrityError
from django.urls import reverse

from portal.demo import make_person
from portal.invitations import signer
from portal.logs import JsonFormatter, request_id
from portal.mail.unsubscribing import unsubscribe_token
from portal.views import people

from .entrance import NEW, TYPED, sign_in, sign_up

SECRETS = (NEW, "aigerim", TYPED["given_name"], TYPED["family_name"], "құпия сөздер")


@pytest.fixture
def lines(caplog):
    """Everything that is logged, as it is written in production."""
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.INFO, logger="portal.requests")
    return lambda: [json.loads(JsonFormatter().format(record)) for record in caplog.records]


def answered(lines) -> list[dict]:
    return [line for line in lines() if line["logger"] == "portal.requests"]


def test_a_request_is_one_line(client, db, lines):
    given = "0123456789abcdef" * 2
    response = client.get("/kk/search/?q=құпия+сөздер", headers={"x-request-id": given})
    (line,) = answered(lines)
    assert response["X-Request-ID"] == line["request"] == given
    assert {name: line[name] for name in ("method", "path", "status", "level")} == {
        "method": "GET",
        "path": "/kk/search/",
        "status": 200,
        "level": "INFO",
    }
    assert line["ms"] >= 0
    assert "user" not in line


def test_an_id_of_another_shape_is_not_taken(client, db, lines):
    response = client.get("/kk/", headers={"x-request-id": 'x"} forged'})
    assert len(response["X-Request-ID"]) == 32
    assert answered(lines)[0]["request"] == response["X-Request-ID"]


def test_a_person_is_the_same_number_and_no_name(world, lines):
    for reader, address in [("owner", "/kk/start/"), ("owner", "/kk/me/"), ("colleague", "/kk/me/")]:
        world.client(reader).get(address)
    first, second, other = (line["user"] for line in answered(lines))
    assert first == second != other
    assert len(first) == 12
    assert first != str(world.people["owner"].pk)


def test_signing_up_signing_in_and_searching_leave_no_personal_data(client, db, lines):
    sign_up(client)
    sign_in(client, NEW, "a wrong password, surely")
    client.get("/kk/search/", {"q": "құпия сөздер"})
    client.get(f"/kk/{NEW}/")
    client.post("/kk/accounts/password/reset/", {"email": NEW})
    written = json.dumps(lines(), ensure_ascii=False)
    assert len(answered(lines)) == 5
    assert [secret for secret in SECRETS if secret in written] == []


def test_addresses_that_let_their_holder_act_lose_what_lets_her(client, db, lines):
    secrets = {"unsubscribe": unsubscribe_token(make_person(), "material-thanks"), "invitation": signer.sign(7)}
    for name, secret in secrets.items():
        address = reverse(name, args=[secret])
        client.get(address)
        assert answered(lines)[-1]["path"] == address.replace(secret, "…")
    written = json.dumps(lines(), ensure_ascii=False)
    assert [secret for secret in secrets.values() if secret in written] == []


def test_other_addresses_of_invitations_and_letters_stay_whole(client, db, lines):
    for address in ("/kk/invitations/7/withdraw/", "/kk/invitations/", "/kk/notices/settings/"):
        client.get(address)
        assert answered(lines)[-1]["path"] == address


def test_an_error_is_told_without_its_words(client, db, lines, monkeypatch):
    def collide(*args, **kwargs):
        try:
            raise IntegrityError(f"Key (email_key)=({NEW}) already exists.")
        except IntegrityError as error:
            raise RuntimeError(f"{NEW} құпия сөздер") from error

    monkeypatch.setattr(people, "get_object_or_404", collide)
    client.raise_request_exception = False
    assert client.get("/kk/people/7/").status_code == 500
    (line,) = [line for line in lines() if "errors" in line]
    assert [error["class"] for error in line["errors"]] == ["builtins.RuntimeError", "django.db.utils.IntegrityError"]
    assert any("collide" in frame for frame in line["errors"][0]["frames"])
    written = json.dumps(lines(), ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in written] == []


def test_what_other_packages_say_loses_addresses_and_queries():
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, "Error handling request /kk/search/?q=%s of %s", ("x", NEW), None)
    token = request_id.set("")
    assert json.loads(JsonFormatter().format(record))["message"] == "Error handling request /kk/search/… of …"
    request_id.reset(token)
