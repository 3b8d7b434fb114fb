"""A chapter's proposal that the nation is to lead: the measure goes to the society's board, and no position with it."""

import pytest

from advocacy.audit.models import Entry
from advocacy.positions.actions import trackings
from advocacy.positions.models import Position, Ruling, Tracking
from tests.cast import TODAY, Cast
from tests.factories.measures import measure, tracked
from tests.factories.positions import put_forward, ruled

pytestmark = pytest.mark.django_db


def test_national_to_lead_puts_the_measure_on_the_societys_board_with_the_words_and_proposes_nothing(
    cast: Cast,
):
    bill = measure("HB 210")
    ruled(
        put_forward(cast.dana, bill, cast.gulf_prairie), cast.luis, Ruling.NATIONAL_LEADS, words="One voice."
    )

    tracking = Tracking.objects.get(chapter=None)
    assert list(Tracking.objects.editable_by(cast.jordan).untriaged(TODAY)) == [tracking]
    assert (tracking.measure, tracking.added_by) == (bill, cast.luis)
    told = Entry.objects.about(tracking).order_by("pk").values_list("verb", "actor", "reason")
    assert list(told) == [("added", cast.luis.pk, ""), ("handed over", cast.luis.pk, "One voice.")]
    assert not Position.objects.filter(chapter=None).exists()


def test_national_to_lead_brings_back_what_the_society_had_put_away_and_leaves_what_it_follows(cast: Cast):
    away, followed = measure("HB 210"), measure("HB 211")
    row, other = tracked(away, None, tier=2), tracked(followed, None, tier=1)
    trackings.archive(row, by=cast.jordan, on=TODAY)

    for bill in (away, followed):
        ruled(
            put_forward(cast.dana, bill, cast.gulf_prairie), cast.luis, Ruling.NATIONAL_LEADS, words="Lead."
        )

    tiers = dict(Tracking.objects.filter(chapter=None).with_tier(TODAY).values_list("pk", "tier"))
    assert tiers == {row.pk: 2, other.pk: 1}
    assert Entry.objects.about(other).get().verb == "handed over"


def test_no_other_refusal_hands_anything_to_the_society(cast: Cast):
    ruled(
        put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie), cast.luis, Ruling.DECLINED, words="No."
    )

    assert not Tracking.objects.filter(chapter=None).exists()
