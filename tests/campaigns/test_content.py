"""What a reviewer approves, word for word, and what changed since."""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from campaigns.content import content_of, differences, fingerprint_of
from campaigns.models import RuleKind, TargetRule
from tests.cast import Cast
from tests.factories.campaigns import drafted, to_own_legislators
from tests.factories.measures import measure
from tests.factories.people import province, state

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
NAMED = st.dictionaries(st.sampled_from(["ask", "messages", "rules", "lists"]), PLAIN)


def test_equal_content_has_an_equal_fingerprint_whatever_the_order_it_was_entered_in(cast: Cast):
    campaign = drafted(cast.dana, measure("HB 210"), cast.gulf_prairie)
    campaign.measures.add(measure("SB 84"))
    before = fingerprint_of(content_of(campaign))
    first, second = campaign.measures.order_by("pk")
    campaign.measures.set([second, first])

    assert fingerprint_of(content_of(campaign)) == before


def test_every_part_that_is_sent_or_shown_changes_the_fingerprint(cast: Cast):
    campaign = drafted(cast.dana, measure("HB 210"), cast.gulf_prairie)
    rule = to_own_legislators(campaign, state("tx", "Texas"))
    seen = {fingerprint_of(content_of(campaign))}

    def changed() -> bool:
        new = fingerprint_of(content_of(campaign))
        is_new = new not in seen
        seen.add(new)
        return is_new

    for name, value in {"ask": "vote yes", "summary_fr": "Pourquoi", "word_limit": 300}.items():
        setattr(campaign, name, value)
        assert changed(), name
    campaign.messages.update(prompt="How does it touch your patients?")
    assert changed()
    campaign.appeals.update(subject_b="Two minutes for HB 210")
    assert changed()
    rule.chamber_code = "upper"
    rule.save()
    assert changed()
    TargetRule.objects.create(campaign=campaign, kind=RuleKind.AGENCY, agency_name="Health Commission")
    assert changed()
    campaign.chapters.add(cast.hill_country)
    assert changed()


def test_the_difference_names_the_field_and_both_sides(cast: Cast):
    campaign = drafted(cast.dana, measure("HB 210"), cast.gulf_prairie)
    before = content_of(campaign)
    campaign.ask = "vote for it"
    campaign.messages.update(subject="{{ measure }}")

    found = differences(before, content_of(campaign))

    assert found == [
        ("Ask", "cosponsor it", "vote for it"),
        (
            "Messages · Everyone without a text of their own (English) · subject",
            "{{ position }} {{ measure }}: a constituent in {{ constituency }}",
            "{{ measure }}",
        ),
    ]


def test_what_was_submitted_in_french_is_the_same_for_whoever_reads_english(cast: Cast):
    campaign = drafted(cast.elise, measure("Bill 47"), cast.saint_laurent)
    to_own_legislators(campaign, province("qc", "Quebec", "Québec"))

    with override("fr"):
        submitted = fingerprint_of(content_of(campaign))

    assert fingerprint_of(content_of(campaign)) == submitted


def test_a_reviewer_reads_the_window_by_the_clock_of_the_campaign(cast: Cast):
    campaign = drafted(cast.dana, measure("HB 210"), cast.gulf_prairie)
    campaign.zone = "America/Toronto"
    before = content_of(campaign)
    campaign.opens_at = datetime(2027, 2, 12, 2, 8, tzinfo=UTC)

    (found,) = differences(before, content_of(campaign))

    assert (found.label, found.after) == ("Opens", "Thursday Feb. 11, 2027, 21:08")


@given(before=NAMED, after=NAMED)
def test_there_is_a_difference_exactly_where_the_fingerprint_differs(
    before: dict[str, Any], after: dict[str, Any]
):
    if fingerprint_of(before) == fingerprint_of(after):
        assert differences(before, after) == []
