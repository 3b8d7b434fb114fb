"""One question to a publisher: patience where it asks for some, distrust of whatever it answers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from legislation.models import Limit, Period
from legislation.sources.measures.live.asking import (
    XML,
    Asker,
    Broken,
    KeyRefused,
    Patience,
    Unavailable,
    Waits,
    retry_after,
)
from tests.legislation.live.publishers import Publisher, Question, Reply
from tests.legislation.live.visiting import NOON, QUICK

GOOD = Reply(b'{"bills": []}')


@pytest.fixture
def naps() -> list[float]:
    return []


@pytest.fixture
def asker(publisher: Publisher, naps: list[float]) -> Iterator[Asker]:
    publisher.answer = lambda question: GOOD
    with httpx.Client() as web:
        yield Asker(web, lambda: None, naps.append, "THE_KEY", "k3y", QUICK, lambda: NOON)


def ask(asker: Asker, publisher: Publisher, **options: str) -> object:
    return asker.ask(f"{publisher.url}/bills", [("key", "k3y")], **options).json("bills")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_publisher_in_trouble_is_asked_again(
    status: int, asker: Asker, publisher: Publisher, naps: list[float]
):
    publisher.trouble = [Reply(status=status), Reply(status=status)]

    assert ask(asker, publisher) == {"bills": []}
    assert asker.calls == len(publisher.asked) == 3
    assert [0.005 <= naps[0] <= 0.01, 0.01 <= naps[1] <= 0.02] == [True, True]


def test_it_is_not_asked_for_ever(asker: Asker, publisher: Publisher):
    publisher.answer = lambda question: Reply(status=500)

    with pytest.raises(Unavailable, match=r"asked 3 times: it answered 500"):
        ask(asker, publisher)
    assert len(publisher.asked) == 3


def test_the_waits_grow_to_a_limit_and_no_further(asker: Asker):
    asker.patience = Patience(first_wait=1.0, longest_wait=60.0)

    waits = [asker._wait(number) for number in range(1, 12)]

    assert all(wait <= 60 for wait in waits)
    assert waits[9] >= 30
    assert len({asker._wait(3) for _ in range(20)}) > 1


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        (format_datetime(NOON + timedelta(seconds=30), usegmt=True), 30.0),
        (format_datetime(NOON - timedelta(hours=1), usegmt=True), 0.0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("9" * 40, 10_000_000.0),
    ],
)
def test_retry_after_is_understood_in_seconds_and_as_a_date(written: str, seconds: float | None):
    assert retry_after(written, NOON) == seconds


def test_a_publisher_that_asks_for_time_gets_exactly_that(
    asker: Asker, publisher: Publisher, naps: list[float]
):
    publisher.trouble = [Reply(status=429, headers={"Retry-After": "1"})]

    ask(asker, publisher)

    assert naps == [1.0]


def test_who_asks_for_more_time_than_a_visit_has_is_visited_again_then(asker: Asker, publisher: Publisher):
    until = NOON + timedelta(hours=2)
    publisher.trouble = [Reply(status=503, headers={"Retry-After": format_datetime(until, usegmt=True)})]

    with pytest.raises(Waits) as told:
        ask(asker, publisher)

    assert told.value.until == until
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_not_tried_again(status: int, asker: Asker, publisher: Publisher):
    publisher.trouble = [Reply(b'{"error": "no"}', status)]

    with pytest.raises(KeyRefused, match="check THE_KEY") as told:
        ask(asker, publisher)

    assert len(publisher.asked) == 1
    assert "k3y" not in str(told.value)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<!DOCTYPE html><html>Sorry</html>", kind="text/html; charset=utf-8"),
        Reply(b"\n <html>We are improving this site</html>"),
        Reply(b"{}", kind="application/pdf"),
        Reply(b'{"error": "gone"}', 404),
    ],
    ids=["a page", "a page that claims to be data", "another kind", "not there"],
)
def test_what_is_no_data_is_refused_at_once(reply: Reply, asker: Asker, publisher: Publisher):
    publisher.trouble = [reply]

    with pytest.raises(Broken) as told:
        ask(asker, publisher)

    assert len(publisher.asked) == 1
    assert "k3y" not in str(told.value)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b'{"bills": [{"number": "HB 1"}, {"numb'),
        Reply(b'{"bills": [{"number": "HB 1"}]}', cut=12),
        Reply(b""),
        Reply(b'{"bills": []}', pause=0.2),
    ],
    ids=["half of it", "a dead line", "nothing", "a drip"],
)
def test_an_answer_that_breaks_off_is_asked_for_again(reply: Reply, asker: Asker, publisher: Publisher):
    publisher.trouble = [reply]

    assert ask(asker, publisher) == {"bills": []}
    assert len(publisher.asked) == 2


def test_a_server_that_says_nothing_is_given_up(publisher: Publisher, naps: list[float]):
    publisher.answer = lambda question: Reply(b'{"bills": []}', pause=5.0)
    with httpx.Client() as web:
        asker = Asker(
            web, lambda: None, naps.append, patience=Patience(tries=2, longest_silence=0.2, first_wait=0.01)
        )
        with pytest.raises(Unavailable, match="no answer in time"):
            ask(asker, publisher)


def test_an_answer_of_any_length_is_not_read(asker: Asker, publisher: Publisher):
    publisher.trouble = [Reply(b'{"bills": [' + b"1," * 4_000 + b"1]}")]

    with pytest.raises(Broken, match="larger than it has ever been"):
        asker.ask(f"{publisher.url}/bills", at_most=1_000)


def test_nothing_listens_there(asker: Asker):
    with pytest.raises(Unavailable, match="cannot be reached"):
        asker.ask("http://127.0.0.1:9/bills")


def test_a_redirect_is_followed_on_the_same_site_only(asker: Asker, publisher: Publisher):
    publisher.trouble = [Reply(status=302, headers={"Location": "/elsewhere"})]
    ask(asker, publisher)
    assert publisher.paths == ["/bills", "/elsewhere"]

    publisher.trouble = [Reply(status=302, headers={"Location": "https://example.org/bills"})]
    with pytest.raises(Broken, match="another site"):
        ask(asker, publisher)


def test_what_has_not_changed_is_not_sent_again(asker: Asker, publisher: Publisher):
    def tagged(question: Question) -> Reply:
        if question.headers.get("if-none-match") == '"one"':
            return Reply(status=304)
        return Reply(b"<votes/>", kind="text/xml", headers={"ETag": '"one"'})

    publisher.answer = tagged
    first = asker.ask(f"{publisher.url}/menu", want=XML)
    again = asker.ask(f"{publisher.url}/menu", want=XML, version=first.version)

    assert (first.content, again.content) == (b"<votes/>", None)


def test_each_try_is_counted_before_it_is_made(asker: Asker, publisher: Publisher):
    publisher.answer = lambda question: Reply(status=500)
    left = [None, Limit(Period.DAY, 1)]
    take: Callable[[], Limit | None] = lambda: left.pop(0)  # noqa: E731 (the shortest way to say it)
    asker.take = take

    with pytest.raises(Waits, match="quota of 1 requests a day") as told:
        ask(asker, publisher)

    assert len(publisher.asked) == 1
    assert told.value.until == datetime(2026, 8, 23, tzinfo=UTC)


def test_a_minute_that_is_full_is_waited_for(asker: Asker, publisher: Publisher, naps: list[float]):
    left = [Limit(Period.MINUTE, 10), None]
    asker.take = lambda: left.pop(0)
    asker.patience = Patience(longest_wait=90.0)

    ask(asker, publisher)

    assert naps == [60.0]
