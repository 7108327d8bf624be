"""A browser before the stack: cookies, tokens of forms, an address of her own; and a crowd of them."""

import re
import threading
import time
from collections.abc import Callable

import requests
from requests.adapters import HTTPAdapter

from portal.demo import PASSWORD

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class From(HTTPAdapter):
    """Another address of this machine, as another reader has one."""

    def __init__(self, address: str):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, source_address=(self.address, 0), **kwargs)


class Visitor(requests.Session):
    def __init__(self, stack, address: str = "127.0.0.1"):
        super().__init__()
        self.stack, self.verify, self.trust_env = stack, stack.certificate, False
        # Each request on a connection of its own: a server may close an idle one at any moment, and every client knows that.
        self.headers = {"Connection": "close", "Referer": f"{stack.url}/kk/"}
        self.mount("https://", From(address))

    def request(self, method, path, **more):
        more.setdefault("allow_redirects", False)
        more.setdefault("timeout", 60)
        return super().request(method, self.stack.url + path, **more)

    def send_form(self, path: str, data: dict, *, page: str = "", **more):
        token = TOKEN.search(self.get(page or path).text)[1]
        return self.post(path, data={"csrfmiddlewaretoken": token} | data, **more)

    def sign_in(self, email: str, password: str = PASSWORD, **more):
        return self.send_form("/en/accounts/login/", {"login": email, "password": password}, **more)


class Crowd:
    """Does the same over and over from several threads while something happens to the stack; keeps what each attempt came to."""

    def __init__(self, acts: list[Callable[[], object]], pause: float = 0.02):
        self.results: list = []
        self.stopped = threading.Event()
        self.pause = pause
        self.threads = [threading.Thread(target=self.go_on, args=[act]) for act in acts]

    def go_on(self, act: Callable[[], object]) -> None:
        while not self.stopped.is_set():
            try:
                self.results.append(act())
            except requests.RequestException as error:
                self.results.append(error)
            time.sleep(self.pause)

    def __enter__(self) -> "Crowd":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *raised) -> None:
        self.stopped.set()
        for thread in self.threads:
            thread.join()
