"""Which offices a supporter may write to, and which chapter their act is credited to."""

import pytest
from django.utils import timezone

from campaigns import credit
from campaigns.act import offices, receipts
from campaigns.act import shown as shows
from campaigns.actions import contacts, targets
from campaigns.actions.letters import Sent
from campaigns.models import Campaign, Contact, RuleKind, Target, TargetRule, TargetState
from campaigns.place import Place
from legislation.models import Division
from tests.campaigns.answering import letter_of_jane, proven, to_reyes, took_part
from tests.campaigns.mailing import live_for
from tests.cast import NOW, TODAY, Cast
from tests.factories.contacts import ContactFactory
from tests.factories.people import covers, state


def written_to(campaign: Campaign, *seats: int) -> list[str]:
    standing = shows.standing_of(campaign.slug)
    assert standing
    shown = shows.shown(standing, "en", timezone.now())
    found = offices.for_supporter(shown, Place(seats=frozenset(seats)), TODAY)
    return [str(one.target) for one in found]


def added(campaign: Campaign, name: str, **fields: object) -> Target:
    known = {"agency_name": name, "is_own_only": False, "added_at": NOW, "changed_at": NOW}
    return campaign.targets.create(**(known | fields))


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return live_for(cast)


def seat_of(campaign: Campaign) -> int:
    return campaign.targets.get(official__isnull=False).seat_id or 0


def test_constituents_alone_write_to_their_representative(campaign: Campaign):
    added(campaign, "Commission")

    assert written_to(campaign, seat_of(campaign)) == ["Alma Reyes", "Commission"]
    assert written_to(campaign) == ["Commission"]


def test_the_fallback_is_for_those_to_whom_no_other_rule_gives_anybody(campaign: Campaign):
    added(campaign, "Ombudsman", is_fallback=True)

    assert written_to(campaign, seat_of(campaign)) == ["Alma Reyes"]
    assert written_to(campaign) == ["Ombudsman"]


def test_a_fallback_for_constituents_is_theirs_alone(campaign: Campaign):
    campaign.targets.update(is_fallback=True)

    assert written_to(campaign, seat_of(campaign)) == ["Alma Reyes"]
    assert written_to(campaign) == []


def test_a_fallback_of_ones_own_gives_way_to_whatever_another_rule_gives(campaign: Campaign):
    campaign.targets.update(is_fallback=True)
    added(campaign, "Commission")

    assert written_to(campaign, seat_of(campaign)) == ["Commission"]


@pytest.mark.parametrize("state", [TargetState.LEFT, TargetState.EXCLUDED])
def test_who_left_or_is_left_alone_is_offered_to_nobody(campaign: Campaign, state: TargetState):
    campaign.targets.update(state=state)

    assert written_to(campaign, seat_of(campaign)) == []


def test_nobody_is_offered_more_offices_than_somebody_reads_through(campaign: Campaign):
    for number in range(20):
        added(campaign, f"Agency {number:02}")

    found = written_to(campaign, seat_of(campaign))

    assert (len(found), found[0]) == (offices.MOST, "Alma Reyes")


def test_a_district_matters_only_where_constituents_alone_write(campaign: Campaign):
    shown = shows.shown(shows.standing_of(campaign.slug), "en", NOW)  # type: ignore[arg-type]  # it is public
    before = offices.seats_asked(shown)
    campaign.targets.update(is_own_only=False)

    assert (before, offices.seats_asked(shown)) == ({seat_of(campaign)}, set())


def test_what_was_written_elsewhere_is_not_shown_as_gone(campaign: Campaign, cast: Cast):
    other = live_for(cast, slug="another")
    shown = shows.shown(shows.standing_of(campaign.slug), "en", NOW)  # type: ignore[arg-type]  # it is public

    assert offices.gone(shown, [other.targets.get().pk], TODAY) == []


def credited(campaign: Campaign, place: Place, contact: Contact | None = None) -> str:
    return str(credit.chapter_for(campaign, contact or ContactFactory(), place))


def test_who_covers_just_that_part_is_nearer_than_who_covers_all(campaign: Campaign, cast: Cast):
    texas = state("tx", "Texas")
    covers(cast.three_capitals, texas)
    campaign.chapters.add(cast.three_capitals, cast.hill_country)
    there = Place(states=(texas.pk,), code="78701")

    assert credited(campaign, there) == "Hill Country"
    assert credited(campaign, Place(states=(texas.pk,), code="79901")) == "Three Capitals"
    assert credited(campaign, there, ContactFactory(chapter=cast.saint_laurent)) == "Saint-Laurent"


def test_a_district_of_the_territory_tells_as_well_as_a_code(campaign: Campaign, cast: Cast):
    texas = state("tx", "Texas")
    district = Division.objects.create(ocd_id="ocd-division/country:us/state:tx/sldl:49", name="49")
    cast.hill_country.territories.get().divisions.add(district)
    campaign.chapters.add(cast.hill_country)

    assert credited(campaign, Place(states=(texas.pk,), divisions=(district.ocd_id,))) == "Hill Country"


def test_only_a_chapter_that_takes_part_is_credited_and_else_the_one_that_runs_it(
    campaign: Campaign, cast: Cast
):
    texas = state("tx", "Texas")

    assert credited(campaign, Place(states=(texas.pk,), code="78701")) == "Gulf Prairie"
    assert credited(campaign, Place()) == "Gulf Prairie"


def test_a_receipt_shows_the_letters_of_its_form_and_no_others(campaign: Campaign):
    one = took_part(campaign, proven())
    to_reyes(one)

    found = receipts.behind(receipts.token_of(Sent(one, [], [])))

    assert found
    assert found.letters == []


def test_the_receipt_of_somebody_who_was_forgotten_opens_nothing(cast: Cast):
    letter = letter_of_jane(cast)
    token = receipts.token_of(Sent(letter.participation, [letter], []))
    before = receipts.behind(token)

    contacts.erase(letter.participation.contact, now=NOW)

    assert before
    assert receipts.behind(token) is None


def test_an_answer_is_asked_for_where_something_left_and_counts(cast: Cast):
    letter = letter_of_jane(cast)
    shown = shows.shown(shows.standing_of(letter.participation.campaign.slug), "en", NOW)  # type: ignore[arg-type]

    def is_asked() -> bool:
        found = receipts.behind(receipts.token_of(Sent(letter.participation, [letter], [])))
        assert found
        return receipts.lines(found, shown)[0].reply is not None

    before = is_asked()
    letter.told_at = NOW
    letter.save()
    told = is_asked()
    letter.participation.state = "held"
    letter.participation.save()

    assert (before, told, is_asked()) == (False, True, False)


def test_a_rule_for_a_fallback_makes_a_fallback(cast: Cast):
    campaign = live_for(cast)
    TargetRule.objects.create(
        campaign=campaign, kind=RuleKind.AGENCY, agency_name="Ombudsman", is_fallback=True
    )
    targets.renew(campaign, now=NOW)

    assert list(campaign.targets.filter(is_fallback=True).values_list("agency_name", flat=True)) == [
        "Ombudsman"
    ]
