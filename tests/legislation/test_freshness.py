"""When a fact is stale: on the profile, in the directory, and in its filter by the same rule."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from advocacy.audit import trail
from legislation import freshness
from legislation.actions import fact_checks
from legislation.freshness import is_stale
from legislation.models import (
    Block,
    Committee,
    CommitteeMembership,
    Office,
    Official,
    Source,
    SourceRecord,
    Staffer,
    Tenure,
)
from legislation.profile_facts import ProfileFacts
from legislation.provenance import Provenance, Provenances
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import official_in, seat_in
from tests.factories.people import state


def fetched(name: str, *, days_ago: int, key: str = "openstates-people", **fields) -> Official:
    """An official of a published source whose record we last fetched so many days ago."""
    person = official_in(seat_in(state("tx", "Texas"), name), name)
    source, _ = Source.objects.get_or_create(
        key=key, defaults={"name": "Open States", "url": "https://openstates.example"}
    )
    Tenure.objects.filter(official=person).update(source=source)
    Official.objects.filter(pk=person.pk).update(source=source)
    at = datetime(2027, 2, 9, 12, tzinfo=UTC) - timedelta(days=days_ago)
    record = {"external_id": name, "official": person, "first_seen_at": at, "last_seen_at": at, **fields}
    SourceRecord.objects.create(source=source, **record)
    return person


def under(person: Official, reader, block: Block = Block.TERM, on: date = TODAY) -> Provenance:
    fresh = Official.objects.with_seats().get(pk=person.pk)
    return Provenances(ProfileFacts(fresh, on), reader).of(block)


def checked(person: Official, by, *, now: datetime | None = None, block: Block = Block.TERM) -> None:
    now = now or timezone.now()
    fresh = Official.objects.with_seats().get(pk=person.pk)
    mark = ProfileFacts(fresh, by.today(now)).fingerprint(block)
    fact_checks.check(fresh, block, by=by, now=now, seen=mark)


def stale() -> list[str]:
    """Whom the directory marks."""
    rows = freshness.stale(Official.objects.all(), TODAY)
    return sorted(rows.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("dated", "verified", "missing", "expected"),
    [
        (45, None, None, False),
        (46, None, None, True),
        (400, 45, None, False),
        (400, 46, None, True),
        (0, 400, None, False),
        (None, None, None, True),
        (None, 3, None, False),
        (5, None, 2, True),
        (5, 3, 2, True),
        (5, 2, 2, False),
    ],
)
def test_the_newer_of_both_dates_counts_and_a_person_who_vanished_is_in_doubt(
    dated, verified, missing, expected
):
    ago = {
        name: None if days is None else TODAY - timedelta(days=days)
        for name, days in (("dated_on", dated), ("verified_on", verified), ("missing_since", missing))
    }

    assert is_stale(Block.TERM, by_hand=False, day=TODAY, **ago) is expected


def test_what_nobody_fetches_again_has_longer():
    for block in Block:
        assert freshness.days_for(block, by_hand=True) > freshness.days_for(block, by_hand=False)


def test_directory_and_profile_agree_on_who_is_stale(cast: Cast):
    gone = datetime(2027, 2, 7, 12, tzinfo=UTC)
    fetched("Fresh Enough", days_ago=45)
    fetched("Too Old", days_ago=46)
    fetched("Vanished", days_ago=3, missing_since=gone)
    fetched("Vanished But Checked", days_ago=3, missing_since=gone)
    fetched("Old But Checked", days_ago=300)
    fetched("Old And Checked Long Ago", days_ago=300)
    fetched("Checked As Something Else", days_ago=300)
    by_hand = official_in(seat_in(state("tx", "Texas"), "hand"), "By Hand")
    trail.record(by=cast.jordan, verb="imported", of=by_hand)
    official_in(seat_in(state("tx", "Texas"), "dust"), "Nobody Knows When")
    long_ago = timezone.now() - timedelta(days=60)
    for name in ("Vanished But Checked", "Old But Checked", "Checked As Something Else"):
        checked(Official.objects.get(name=name), cast.dana)
    checked(Official.objects.get(name="Old And Checked Long Ago"), cast.dana, now=long_ago)
    Tenure.objects.filter(official__name="Checked As Something Else").update(title="Speaker")

    on_the_profile = [
        person.name for person in Official.objects.order_by("name") if under(person, cast.dana).is_stale
    ]

    assert stale() == on_the_profile
    assert stale() == [
        "Checked As Something Else", "Nobody Knows When", "Old And Checked Long Ago", "Too Old", "Vanished",
    ]  # fmt: skip


def test_hand_entered_officials_go_stale_after_half_a_year(cast: Cast, clock):
    person = official_in(seat_in(state("tx", "Texas"), "hand"), "By Hand")
    trail.record(by=cast.jordan, verb="imported", of=person)

    assert not under(person, cast.dana, on=TODAY + timedelta(days=180)).is_stale
    assert under(person, cast.dana, on=TODAY + timedelta(days=181)).is_stale
    for days, marked in ((180, []), (181, ["By Hand"])):
        rows = freshness.stale(Official.objects.all(), TODAY + timedelta(days=days))
        assert list(rows.values_list("name", flat=True)) == marked


def test_a_seat_from_our_own_staff_counts_as_entered_by_hand(cast: Cast):
    own = Source.objects.create(key=Source.OWN, name="Our own staff")
    person = official_in(seat_in(state("tx", "Texas"), "hand"), "By File")
    Tenure.objects.update(source=own)
    trail.record(by=cast.jordan, verb="imported", of=person)

    (origin,) = under(person, cast.dana).origins

    assert (origin.source, origin.dated_on, origin.is_stale) == (None, TODAY, False)
    assert stale() == []


def test_history_does_not_age(cast: Cast):
    person = fetched("Long Gone", days_ago=900)
    Tenure.objects.update(ends_on=date(2026, 1, 1))

    assert not under(person, cast.dana).is_stale
    assert stale() == []


def test_a_stale_block_says_so_in_words_and_looks_different(cast: Cast):
    person = fetched("Too Old", days_ago=50)

    text = browser_of(cast.dana).get(person.get_absolute_url()).content.decode()

    assert '<section class="card stale" id="term"' in text
    assert '<section class="card" id="identity"' in text
    assert "Neither fetched nor checked within 45 days" in text
    assert "fetched Dec. 21, 2026" in text


def test_each_block_names_its_source_with_a_link_and_the_day(cast: Cast):
    person = fetched("Cori Lane", days_ago=8, key="congress-legislators")
    source = Source.objects.get()
    Office.objects.create(official=person, phone="202-555-0100", source=source)
    committee = Committee.objects.create(
        jurisdiction=state("tx", "Texas"), name="Public Health", external_id="ph"
    )
    CommitteeMembership.objects.create(committee=committee, official=person)
    at = datetime(2027, 1, 5, 12, tzinfo=UTC)
    SourceRecord.objects.create(
        source=source, kind="committee", external_id="ph", committee=committee, first_seen_at=at, last_seen_at=at
    )  # fmt: skip
    staffer = Staffer.objects.create(official=person, name="Kim Ito")
    trail.record(by=cast.dana, verb="added", of=staffer)

    shown = {
        block: [(one.source and one.source.name, one.address, one.dated_on) for one in found.origins]
        for block, found in Provenances(ProfileFacts(Official.objects.with_seats().get(), TODAY), cast.sam)
        .of_each_block()
        .items()
    }

    page = "https://bioguide.congress.gov/search/bio/Cori Lane"
    hers = ("Open States", page, date(2027, 2, 1))
    assert shown == {
        "identity": [hers],
        "term": [hers],
        "contact": [hers],
        "committees": [("Open States", "https://openstates.example", date(2027, 1, 5))],
        "staff": [(None, "", TODAY)],
    }


def test_the_directory_marks_who_is_stale_and_filters_by_it_in_the_url(cast: Cast):
    fetched("Fresh Enough", days_ago=1)
    fetched("Too Old", days_ago=60)
    browser = browser_of(cast.dana)

    everybody = browser.get("/officials/")
    doubtful = browser.get("/officials/?age=stale")

    assert [(line.name, line.is_stale) for line in everybody.context["lines"]] == [
        ("Fresh Enough", False),
        ("Too Old", True),
    ]
    assert [line.name for line in doubtful.context["lines"]] == ["Too Old"]
    assert everybody.content.decode().count("May be out of date</span>") == 1
