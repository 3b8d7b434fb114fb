"""What a program sends that is right but for a field or two, and cursors of its own making: none is a fault of ours.

Schemathesis seldom guesses a whole contact. This begins with one that is taken, so that every rule behind the shape is
met; an exception of ours comes out of the test client and fails the test.
"""

import base64
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.api import doors
from advocacy.api.actions import endpoints
from advocacy.api.models import EventKind
from advocacy.interactions.models import Capacity, Initiator, Kind, Purpose
from tests.api.asking import ask, log, send, token_of
from tests.api.test_campaigns import took_part
from tests.api.test_logging import contact
from tests.campaigns.test_life import ready
from tests.cast import NOW, Cast
from tests.factories.campaigns import launched
from tests.factories.log import alma_reyes, hb_210, logged

WIDELY = settings(
    max_examples=15,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NEAR = st.dates(date(2026, 11, 1), date(2027, 3, 20))
DAYS = st.one_of(NEAR, st.dates(), st.sampled_from([date.min, date.max])).map(date.isoformat)
TIMES = st.times().map(lambda one: one.isoformat())
WORDS = st.text(max_size=250)
NUMBERS = st.one_of(st.integers(-2, 3), st.sampled_from([2**31, 2**63 - 1, 2**63]), st.integers())
KEYS = st.lists(NUMBERS, max_size=4)
YES_NO = st.booleans()
ZONES = st.sampled_from(
    ["America/Chicago", "America/St_Johns", "Pacific/Kiritimati", "Etc/GMT+12", "posixrules", "../x"]
)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats(allow_nan=False) | WORDS | DAYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=5,
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(Kind.values),
    "occurred_on": DAYS,
    "chapter": st.sampled_from(["gulf-prairie", "hill-country", "none"]) | WORDS,
    "summary": WORDS,
    "discussed_specific_legislation": YES_NO,
    "purpose": st.sampled_from(Purpose.values),
    "officials": KEYS,
    "official_was_there": YES_NO,
    "staffers": KEYS,
    "committees": KEYS,
    "agency": WORDS,
    "measures": KEYS,
    "issues": KEYS,
    "guests": WORDS | st.lists(WORDS, max_size=3).map(",".join),
    "occurred_at_time": TIMES,
    "zone": ZONES | WORDS,
    "duration_minutes": NUMBERS,
    "location": WORDS,
    "initiated_by": st.sampled_from(Initiator.values),
    "was_voicemail_only": YES_NO,
    "replied_on": DAYS,
    "concerns": WORDS,
    "questions": WORDS,
    "recommendations": WORDS,
    "confidentiality": st.sampled_from(["shared", "chapter", "restricted"]),
    "capacity": st.sampled_from(Capacity.values),
}
SOME_FIELDS = st.fixed_dictionaries({}, optional=FIELDS).flatmap(
    lambda chosen: st.tuples(st.just(chosen), st.sampled_from(sorted(FIELDS)), JSON, st.booleans())
)


@pytest.fixture(autouse=True)
def _as_often_as_they_like(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "PER_TOKEN", 10**9)
    monkeypatch.setattr(doors, "PER_INSTALLATION", 10**9)


def test_a_contact_that_is_almost_right_is_taken_or_refused_by_field(cast: Cast):
    reyes, bill, secret = alma_reyes(), hb_210(), token_of(cast.dana)
    met = set[int]()

    @WIDELY
    @given(SOME_FIELDS)
    def send_it(chosen: tuple[dict[str, Any], str, Any, bool]) -> None:
        changes, field, anything, is_broken = chosen
        real = {"officials": [reyes.pk], "measures": [bill.pk]}
        sent = contact(reyes, **{**changes, **real})
        if is_broken:
            sent[field] = anything

        answer = log(secret, sent)

        met.add(answer.status_code)
        assert answer.status_code in {201, 422}, answer.content
        assert (answer.status_code == 422) == bool(answer.json().get("errors"))

    send_it()
    assert met == {201, 422}


LISTS = [
    "/officials",
    "/measures",
    "/issues",
    "/interactions",
    "/campaigns",
    "/actions",
    "/webhooks",
    "/osdi/outreaches",
    "/osdi/advocacy_campaigns",
]
EDGES = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2027-02-09T10:00:00"]
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat) | st.sampled_from(EDGES)
LEAVES = MOMENTS | DAYS | NUMBERS | st.text(max_size=20) | st.none() | YES_NO
CURSORS = st.one_of(
    st.tuples(LEAVES, LEAVES), st.tuples(LEAVES, NUMBERS), st.tuples(LEAVES, LEAVES, NUMBERS), JSON
)


def _cursor(values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_of_ones_own_making_is_refused_or_answered(cast: Cast, path: str):
    campaign = launched(ready(cast), by=cast.dana, approver=cast.jordan)
    took_part(campaign, cast)
    logged(cast.dana, [campaign.targets.get().official])
    endpoints.make(
        by=cast.dana, url="https://hooks.example.org/", events=[EventKind.MEASURE_CHANGED], now=NOW
    )
    secret, met = token_of(cast.dana), set[int]()

    @WIDELY
    @given(CURSORS)
    def ask_it(values: Any) -> None:
        answer = ask(secret, f"{path}?after={_cursor(values)}")

        met.add(answer.status_code)
        assert answer.status_code in {200, 422}, answer.content

    ask_it()
    assert 422 in met


ADDRESSES = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["https", "http", "HTTPS"]),
    st.from_regex(r"[A-Za-z0-9.\-\[\]@%:]{0,40}", fullmatch=True)
    | st.sampled_from(["hooks.example.org", "." * 5 + "org", "a" * 70 + ".org", "127.0.0.1"]),
    st.sampled_from(["", ":443", ":8443", ":0", ":99999", ":443443"]),
    st.text(max_size=20).map(lambda one: f"/{one}") | st.just("") | st.just("/" + "x" * 470),
)


def test_an_address_that_is_almost_right_is_taken_or_refused_by_field(cast: Cast):
    secret, met = token_of(cast.dana), set[int]()
    kinds = st.lists(st.sampled_from(EventKind.values) | WORDS, max_size=12)

    @WIDELY
    @given(ADDRESSES, kinds)
    def send_it(url: str, events: list[str]) -> None:
        answer = send(secret, "/webhooks", {"url": url, "events": events or ["measure.changed"]})

        met.add(answer.status_code)
        assert answer.status_code in {201, 422}, answer.content

    send_it()
    assert met == {201, 422}
