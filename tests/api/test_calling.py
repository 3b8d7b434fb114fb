"""Addresses that people give us are called only on the open internet, and never for long (RELIABILITY.md §6)."""

import socket
import time
from threading import Event

import pytest
from pytest_django.fixtures import Settings

from advocacy.api import calling
from tests.api.receiver import listening

TRICKS = [
    "http://hooks.example.org/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://0.0.0.0/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://192.0.0.192/",
    "https://localhost/",
    "https://user@hooks.example.org/",
    "https://hooks.example.org@127.0.0.1/",
    "https://hooks.example.org\\@127.0.0.1/",
    "https://hooks.example.org:6379/",
    "https://hooks.example.org:99999/",
    "https://hooks.example.org/\r\nX: y",
    "https://hooks.example.org/ x",
    "https://exämple.org/",
    "https://①②⑦.⓪.⓪.①/",
    "https:///hook",
    "file:///etc/passwd",
    "gopher://hooks.example.org/",
    "javascript:alert(1)",
    "",
]


@pytest.mark.parametrize("url", TRICKS)
def test_a_trick_is_refused_when_it_is_given(url: str):
    with pytest.raises(calling.NotCalled):
        calling.check(url)


@pytest.mark.parametrize(
    "url",
    ["https://hooks.example.org", "https://hooks.example.org:8443/a/b?c=d", "https://xn--exmple-cua.org/"],
)
def test_an_ordinary_address_is_taken(url: str):
    calling.check(url)


CLOSED = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.127.255.255", "192.0.0.192", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "0.0.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "::ffff:8.8.8.8", "64:ff9b::808:808",
    "64:ff9b:1::1", "2002:808:808::1", "2001::1", "2001:db8::1", "3fff::1", "5f00::1", "fc00::1", "fe80::1",
    "fe80::1%lo", "ff02::1", "not an address",
]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_that_is_not_on_the_open_internet_is_closed(address: str):
    assert not calling.is_open(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"]
)
def test_an_address_on_the_open_internet_is_open(address: str):
    assert calling.is_open(address)


def _leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """The domain name system is the world outside."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["10.0.0.1"], ["8.8.8.8", "169.254.169.254"]], ids=str)
def test_a_name_that_leads_inside_is_refused_when_it_is_called(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str]
):
    _leads_to(monkeypatch, *addresses)

    with pytest.raises(calling.NotCalled):
        calling.post("https://hooks.example.org/", b"{}", {})


def test_a_name_server_that_is_silent_is_waited_for_no_longer_than_the_call_may_take(
    monkeypatch: pytest.MonkeyPatch,
):
    answered = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answered.wait(20))
    monkeypatch.setattr(calling, "SECONDS", 0.2)
    began = time.monotonic()

    with pytest.raises(calling.CallFailed, match="ConnectTimeout"):
        calling.post("https://hooks.example.org/", b"{}", {})

    assert time.monotonic() - began < 3
    answered.set()


def test_a_name_that_nobody_knows_is_a_call_that_failed(monkeypatch: pytest.MonkeyPatch):
    def resolve(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    with pytest.raises(calling.CallFailed, match="ConnectError"):
        calling.post("https://hooks.example.org/", b"{}", {})


def test_a_port_that_there_is_not_is_refused_in_words_on_loopback_too(settings: Settings):
    settings.WEBHOOKS_MAY_CALL_LOOPBACK = True

    with pytest.raises(calling.NotCalled, match="65535"):
        calling.check("http://127.0.0.1:99999/hook")


def test_exactly_the_checked_address_is_connected_to(monkeypatch: pytest.MonkeyPatch):
    """A second look at the name, which could lead elsewhere, is never taken."""
    asked: list[object] = []

    def resolve(*args: object, **kwargs: object) -> list[object]:
        asked.append(args)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443))]

    connected: list[object] = []

    def connect(address: object, *args: object, **kwargs: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)

    with pytest.raises(calling.CallFailed):
        calling.post("https://hooks.example.org/", b"{}", {})

    assert connected == [("8.8.8.8", 443)]
    assert len(asked) == 1


def test_loopback_is_called_only_where_the_installation_tries_webhooks_on_itself(settings: Settings):
    with listening() as receiver:
        with pytest.raises(calling.NotCalled):
            calling.post(receiver.url, b"{}", {})

        settings.WEBHOOKS_MAY_CALL_LOOPBACK = True
        assert calling.post(receiver.url, b"{}", {"X-Test": "1"}) == 200

    headers, body = receiver.calls[0]
    assert (headers["X-Test"], body) == ("1", b"{}")
    assert len(receiver.calls) == 1


def test_a_redirect_is_not_followed(settings: Settings):
    settings.WEBHOOKS_MAY_CALL_LOOPBACK = True
    with listening() as other, listening() as receiver:
        receiver.status, receiver.headers = 302, {"Location": other.url}

        assert calling.post(receiver.url, b"{}", {}) == 302

    assert other.calls == []


def test_an_answer_that_drips_is_ended_after_its_time(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    settings.WEBHOOKS_MAY_CALL_LOOPBACK = True
    monkeypatch.setattr(calling, "SECONDS", 0.5)
    with listening() as receiver:
        receiver.body, receiver.drip_seconds = b"x" * 200, 0.05
        began = time.monotonic()

        with pytest.raises(calling.CallFailed):
            calling.post(receiver.url, b"{}", {})

        assert time.monotonic() - began < 3


def test_of_a_long_answer_a_megabyte_is_read(settings: Settings):
    settings.WEBHOOKS_MAY_CALL_LOOPBACK = True
    with listening() as receiver:
        receiver.body = b"x" * 50_000_000
        began = time.monotonic()

        assert calling.post(receiver.url, b"{}", {}) == 200

        assert time.monotonic() - began < 3
