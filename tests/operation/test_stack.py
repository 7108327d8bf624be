"""The whole of compose.yaml at work: signing in through nginx, addresses, files, limits, headers; and what happens when a part goes."""

import os
import re
import socket
import ssl
import time
from functools import partial

import pytest
import requests

from portal.demo import PASSWORD

from .stack import HTTP, HTTPS, REDIS, TOKEN, WEBS, Stack, wait_until
from .visitor import Crowd, Visitor

HUNDRED_MB = 100 * 1024 * 1024
VIDEO_HEAD = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
PIECE = 4 * 1024 * 1024
TUS = {"Tus-Resumable": "1.0.0"}
SHARE = "/kk/materials/share/"
USUAL = "Host: localhost\r\nConnection: close\r\n"
TOO_MANY = "Too many failed login attempts"
# Where somebody might look for the files of members
PLACES = ("/accel/", "/media/", "/static/../media/", "/static../media/", "/media/images/../", "/media/images/..%2f")


@pytest.fixture
def guest(stack) -> Visitor:
    return Visitor(stack)


def signed_in(stack, email: str) -> Visitor:
    visitor = Visitor(stack)
    assert visitor.sign_in(email).status_code == 302
    return visitor


@pytest.fixture(scope="module")
def owner(stack) -> Visitor:
    return signed_in(stack, "owner@example.org")


@pytest.fixture(scope="module")
def other(stack) -> Visitor:
    return signed_in(stack, "other@example.org")


@pytest.fixture(scope="module")
def video() -> bytes:
    return (VIDEO_HEAD + os.urandom(1024 * 1024) * 100)[:HUNDRED_MB]


def raw(stack: Stack, request: str, *, name: str = "localhost") -> bytes:
    """What nginx answers to words that no library would send."""
    plain = socket.create_connection(("127.0.0.1", stack.ports[HTTPS]), timeout=10)
    with ssl.create_default_context(cafile=stack.certificate).wrap_socket(plain, server_hostname=name) as secure:
        secure.sendall(request.encode())
        return secure.recv(65536)


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


# Who asks, and by which name


def test_signing_in_through_nginx_sets_cookies_of_this_host_alone(stack, owner):
    assert owner.get("/kk/start/").status_code == 200
    cookies = {cookie.name: cookie for cookie in owner.cookies}
    for name in ("__Host-session", "__Host-csrf"):
        assert (cookies[name].secure, cookies[name].path, cookies[name].domain_specified) == (True, "/", False)
    assert cookies["__Host-session"].has_nonstandard_attr("HttpOnly")


def test_the_address_of_the_reader_is_hers_and_a_forged_one_is_not_believed(stack):
    """Ten wrong passwords a minute for each address, counted in Redis by all four processes of both web servers."""
    guesser, neighbour = Visitor(stack, "127.0.0.50"), Visitor(stack, "127.0.0.51")
    forged = [{"X-Forwarded-For": f"10.0.0.{n}", "X-Real-IP": f"10.0.1.{n}", "Forwarded": f"for=10.0.2.{n}"} for n in range(14)]
    answers = [guesser.sign_in(f"nobody{n}@example.org", "wrong", headers=headers).text for n, headers in enumerate(forged)]
    assert [TOO_MANY in answer for answer in answers] == [False] * 10 + [True] * 4
    assert TOO_MANY not in neighbour.sign_in("nobody@example.org", "wrong").text
    served = {line["web"] for line in stack.lines("nginx") if line["path"] == "/en/accounts/login/"}
    assert served == {f"127.0.0.1:{stack.ports[name]}" for name in WEBS}


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1", "evil.example:443"])
def test_another_host_is_refused(stack, host):
    answer = raw(stack, f"GET /kk/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert status(answer) in (400, 421)
    assert b"evil" not in answer


def test_a_host_beside_the_host_is_not_believed(guest):
    page = guest.get("/kk/accounts/password/reset/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"})
    assert (page.status_code, "evil" in page.text) == (200, False)


def test_another_name_is_refused_in_the_handshake(stack):
    with pytest.raises(ssl.SSLError):
        raw(stack, "", name="evil.example")


def test_without_tls_one_is_led_to_the_portal_and_nowhere_else(stack):
    address = f"http://127.0.0.1:{stack.ports[HTTP]}/kk/?a=b"
    answer = requests.get(address, headers={"Host": "evil.example"}, allow_redirects=False, timeout=10)
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://localhost/kk/?a=b")


# Headers and static files


def test_a_page_carries_every_security_header(guest):
    headers = guest.get("/kk/").headers
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Server"] == "nginx"


def test_static_files_are_kept_for_ever_by_their_hash_and_come_packed(guest):
    address = re.search(r'"(/static/portal/css/site\.[0-9a-f]{12}\.css)"', guest.get("/kk/").text)[1]
    sheet = guest.get(address, headers={"Accept-Encoding": "gzip"})
    assert sheet.status_code == 200
    assert sheet.headers["Content-Encoding"] == "gzip"
    assert sheet.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert sheet.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" not in guest.get("/static/portal/js/portal.js").headers["Cache-Control"]
    assert guest.get("/static/../portal.conf").status_code in (400, 404)


def test_pages_come_packed(guest):
    page = guest.get("/kk/", headers={"Accept-Encoding": "gzip"})
    assert (page.headers["Content-Encoding"], "Accept-Encoding" in page.headers["Vary"]) == ("gzip", True)


def test_health_and_numbers(stack, guest):
    assert guest.get("/health/live").text == "ok"
    assert guest.get("/health/ready").json() == {"ready": True}
    assert guest.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 404
    numbers = ""
    for name in WEBS:
        inside = requests.get(f"http://127.0.0.1:{stack.ports[name]}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=10)
        assert inside.status_code == 200
        numbers += inside.text
    assert re.search(r'portal_requests_total\{method="GET",status="200",view="home"\} [1-9]', numbers)


def test_a_cluster_that_is_late_is_missed_by_nobody(guest):
    """Nothing listens where it should be, and its certificate has not been made."""
    found = guest.get("/kk/search/?q=бөлшек")
    assert (found.status_code, "Бөлшектерді салыстыру" in found.text.replace("<mark>", "").replace("</mark>", "")) == (200, True)


def test_the_logs_are_json_with_one_id_through_all_of_them(stack, guest):
    given = guest.get("/kk/search/?q=құпия", headers={"X-Request-ID": "f" * 32}).headers["X-Request-ID"]
    assert given != "f" * 32
    wait_until(lambda: any(given in line for line in stack.log("nginx")), "the line of nginx", 5)
    # Beside the line of the request there may be one of the cluster, which does not answer here.
    (line,) = [line for name in WEBS for line in stack.lines(name) if line.get("request") == given and "path" in line]
    assert (line["path"], line["status"], line["method"]) == ("/kk/search/", 200, "GET")
    keys = {"letters/stop": "WzcsInRoYW5rcyJd:1vNQ5q:0f-Lx", "invitations": "7~d0c9x7"}
    for page, key in keys.items():
        guest.get(f"/kk/{page}/{key}/")
        wait_until(lambda page=page: any(f"/kk/{page}/…/" in line for line in stack.log("nginx")), "the line without the key", 5)
    for name in ("nginx", *WEBS, "work"):
        written = "\n".join(stack.log(name))
        assert [secret for secret in ("құпия", "%D2%9B", "owner@", "127.0.0.50", PASSWORD, *keys.values()) if secret in written] == []


# Files


def test_a_hundred_megabytes_by_pieces(stack, owner, video):
    owner.get(SHARE)
    token = {"X-CSRFToken": owner.cookies["__Host-csrf"]} | TUS
    named = {"Upload-Length": str(len(video)), "Upload-Metadata": "filename c2FiYXEubXA0"}
    begun = owner.post(f"{SHARE}upload/", headers=token | named)
    assert begun.status_code == 201
    address = begun.headers["Location"]
    for at in range(0, len(video), PIECE):
        headers = token | {"Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
        sent = owner.patch(address, data=video[at : at + PIECE], headers=headers)
        assert sent.status_code == 204
    assert re.fullmatch(r"/kk/materials/\d+/edit/", sent.headers["X-Next"])


@pytest.fixture(scope="module")
def file(stack, owner, video) -> str:
    """The address of a private file of 100 MB, sent by a plain form."""
    sent = owner.send_form(SHARE, {}, files={"file": ("sabaq.mp4", video, "video/mp4")}, timeout=120)
    assert sent.status_code == 302
    page = owner.get(sent.headers["Location"]).text
    return re.search(r"/kk/materials/\d+/files/\d+/", page)[0]


def test_a_file_goes_out_through_nginx_whole_and_in_parts(owner, file, video):
    whole = owner.get(file)
    assert (whole.status_code, whole.content == video) == (200, True)
    part = owner.get(file, headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, video[1000:2000])
    assert part.headers["Content-Range"] == f"bytes 1000-1999/{len(video)}"
    assert owner.get(file, headers={"Range": "bytes=-500"}).content == video[-500:]
    assert owner.get(file, headers={"Range": f"bytes={len(video)}-"}).status_code == 416
    kept = {"If-Range": part.headers["ETag"], "Range": "bytes=0-9"}
    assert owner.get(file, headers=kept).status_code == 206
    assert owner.get(file, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


def test_a_file_that_nginx_sends_keeps_the_headers_of_the_portal(owner, file):
    headers = owner.get(file, headers={"Range": "bytes=0-9"}).headers
    assert headers["Content-Type"] == "video/mp4"
    assert headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-cache"
    assert "Strict-Transport-Security" in headers
    assert "X-Accel-Redirect" not in headers


def test_a_private_file_is_given_to_its_owner_alone(stack, owner, other, guest, file):
    assert [reader.get(file).status_code for reader in (other, guest)] == [404, 404]
    media = stack.folder / "var" / "media"
    names = [path.relative_to(media) for path in media.rglob("*") if path.is_file() and path.stat().st_size == HUNDRED_MB]
    assert names
    for name in names:
        for place in PLACES:
            assert status(raw(stack, f"GET {place}{name} HTTP/1.1\r\n{USUAL}\r\n")) in (302, 400, 404)


def test_more_than_the_limit_is_refused_before_it_is_read(stack):
    for address, megabytes in (("/kk/me/", 13), (SHARE, 600)):
        length = f"Content-Length: {megabytes * 1024 * 1024}\r\n"
        assert status(raw(stack, f"POST {address} HTTP/1.1\r\n{USUAL}{length}\r\n")) == 413


# What happens when a part goes away


def visits(stack) -> list:
    """Readers of pages, and one who writes."""
    writer = signed_in(stack, "owner@example.org")
    paths = ("/kk/", "/ru/materials/", "/kk/search/?q=бөлшек")
    readers = [partial(visit, Visitor(stack), path) for path in paths]
    return [*readers, lambda: write(writer).status_code]


def visit(reader: Visitor, path: str) -> int:
    return reader.get(path).status_code


def write(writer: Visitor, address: str = "https://example.org/"):
    return writer.send_form(SHARE, {"link": "1", "address": address})


def assert_none_failed(crowd: Crowd) -> None:
    assert len(crowd.results) > 50
    assert [result for result in crowd.results if result not in (200, 302)] == []


def test_web_servers_are_renewed_one_after_another_and_no_request_is_dropped(stack):
    with Crowd(visits(stack)) as crowd:
        for name, others in zip(WEBS, WEBS[::-1], strict=True):
            stack.serve_by(others)
            assert stack.end(name) == 0
            stack.start_web(name)
        stack.serve_by(*WEBS)
        time.sleep(1)
    assert_none_failed(crowd)


def test_postgres_torn_away_under_load_loses_no_accepted_write_and_all_recover(stack):
    stack.pg_ctl("restart", "-m", "fast", options={})
    writers = [signed_in(stack, "owner@example.org"), signed_in(stack, "other@example.org")]
    numbers, accepted = iter(range(100_000)), []

    def attempt(writer: Visitor) -> int:
        address = f"https://example.org/{next(numbers)}"
        try:
            status = write(writer, address).status_code
        except TypeError:
            # The page with the form was an error page.
            return 500
        if status in (200, 201, 302):
            accepted.append(address)
        return status

    with Crowd([lambda writer=writer: attempt(writer) for writer in writers]) as crowd:
        for _time in range(3):
            time.sleep(2)
            before = len(accepted)
            stack.pg_ctl("restart", "-m", "immediate", options={})
            wait_until(lambda before=before: len(accepted) > before + 5, "recovery", 20)
    assert len(accepted) > 30
    assert {result for result in crowd.results if isinstance(result, int)} <= {302, 500, 502}
    kept = set(stack.psql("SELECT address FROM resources_materiallink", "portal"))
    assert set(accepted) - kept == set()
    assert Visitor(stack).get("/health/ready").status_code == 200


def tasks(stack) -> list[str]:
    return stack.psql("SELECT status FROM django_tasks_database_dbtaskresult", "portal")


def test_the_worker_has_come_back_too(stack, owner):
    """After the test before: it lost its database three times."""
    assert stack.processes["work"].poll() is None
    assert owner.send_form(SHARE, {}, files={"file": ("x.mp4", VIDEO_HEAD + b"0" * 1000, "video/mp4")}).status_code == 302
    wait_until(lambda: set(tasks(stack)) == {"SUCCESSFUL"}, "the task", 20)


def test_the_worker_finishes_its_task_before_it_goes(stack):
    stack.manage("shell", "-v0", "-c", "from tests.operation.slow import rest; rest.enqueue(3)")
    wait_until(lambda: "RUNNING" in tasks(stack), "the task", 10)
    assert stack.end("work") == 0
    assert set(tasks(stack)) == {"SUCCESSFUL"}
    stack.start_work()


def test_redis_gone_is_told_by_name_and_comes_back(stack, guest):
    watcher = {"Authorization": f"Bearer {TOKEN}"}
    stack.end(REDIS)
    told = guest.get("/health/ready", headers=watcher)
    assert (told.status_code, told.json()["parts"]["cache"], told.json()["parts"]["database"]) == (503, "ConnectionError", "ok")
    assert guest.get("/health/live").status_code == 200
    stack.start_redis()
    wait_until(lambda: guest.get("/health/ready").status_code == 200, "Redis again", 10)
