"""Whatever stands in a file of Open States: a record, or a refusal that says where; never a traceback."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legislation.sources.measures import openstates_api
from legislation.sources.measures.openstates_set import ScrapedSet
from legislation.sources.measures.records import MeasureFile, MeasureRecord, Refused
from legislation.sources.opening import Document
from tests.legislation.measures.openstates_files import bill, line, roll_call, sponsor, version

FULL = bill(
    actions=[line("2026-02-10", "Introduced", "introduction")],
    sponsorships=[sponsor("Yin", primary=True)],
    versions=[version("Introduced", "https://leg.example/a.pdf", on="2026-02-01")],
    abstracts=[{"abstract": "Care", "note": "digest"}],
    other_titles=[{"title": "Another"}],
    related_bills=[{"identifier": "SF1", "legislative_session": "2026", "relation_type": "companion"}],
)
VOTE = roll_call("HB0126", ("Brown", "yes"), ("G", "yes"))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def document(record):
    return Document("wy/record.json", json.dumps(record).encode())


def readings(*documents):
    return list(ScrapedSet(documents, MeasureFile("openstates-scrape", "set", iter(()))).records())


@settings(max_examples=80, deadline=None)
@given(name=st.sampled_from(sorted(FULL)), value=ANYTHING)
def test_any_value_in_a_bill_is_read_or_refused(name, value):
    found = readings(document({**FULL, name: value}), document(bill("HB0001")))

    assert all(isinstance(one, MeasureRecord | Refused) for one in found)
    assert [one.key.number for one in found if isinstance(one, MeasureRecord)][-1] == "HB0001"


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(["actions", "sponsorships", "versions", "abstracts", "related_bills"]),
    value=ANYTHING,
)
def test_any_entry_of_a_list_of_a_bill_is_read_or_refused(name, value):
    (found,) = readings(document({**FULL, name: [value]}))

    assert isinstance(found, MeasureRecord | Refused)


@settings(max_examples=80, deadline=None)
@given(name=st.sampled_from(sorted(VOTE)), value=ANYTHING)
def test_any_value_in_a_roll_call_is_read_or_refused(name, value):
    found = readings(document(bill()), document({**VOTE, name: value}))

    assert [one.key.number for one in found if isinstance(one, MeasureRecord)] == ["HB0126"]


@settings(max_examples=60, deadline=None)
@given(answer=ANYTHING)
def test_any_answer_of_the_api_is_read_or_refused(answer):
    assert all(isinstance(one, Refused) for one in openstates_api.bills_of(answer, "answer.json"))
    assert all(
        isinstance(one, Refused) for one in openstates_api.bills_of({"results": [answer]}, "answer.json")
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"identifier": "—"}, "its number has no letter and no digit"),
        ({"jurisdiction": {"id": "ocd-jurisdiction/country:us/" + "x" * 100 + "/government"}}, "too long"),
        ({"actions": [line("0001-01-01T00:00:00+00:00", "Sent")]}, "0001-01-01"),
        ({"title": "Care\x00"}, "title: String should match pattern"),
        ({"from_organization": "~" + "[" * 9000}, "from_organization"),
        ({"from_organization": "~{"}, "from_organization"),
    ],
)
def test_a_refusal_says_what_is_wrong(changes, why):
    (found,) = readings(document(bill(**changes)))

    assert isinstance(found, Refused)
    assert why in found.why


def test_a_count_beyond_any_chamber_is_refused():
    counts = [{"option": "yes", "value": 10_001}]
    found, _bill = readings(document(bill()), document({**VOTE, "counts": counts}))

    assert isinstance(found, Refused)
    assert "counts.0.value" in found.why
