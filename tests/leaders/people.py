"""Browsers of those who look after a cohort and of those who study in it."""

from django.test import Client

from portal.models import User


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def read(user: User, address: str, status: int = 200, language: str = "kk") -> str:
    answer = signed_in(user).get(f"/{language}/leaders/{address}")
    assert answer.status_code == status
    return answer.content.decode()


def send(user: User, address: str, status: int = 302, **data) -> str:
    answer = signed_in(user).post(f"/kk/leaders/{address}", data)
    assert answer.status_code == status
    return answer.content.decode()
