"""DOMAIN.md §3 and §4.8, one row per person and level."""

from datetime import date

import pytest

from advocacy.interactions.models import Confidentiality, FollowUp, Impression, Interaction
from members.models import RoleAssignment
from tests.cast import Cast
from tests.factories.log import alma_reyes, logged, official_in, seat_in
from tests.factories.people import advocate_of, province

READERS_OF_A_TEXAS_RECORD = {
    Confidentiality.SHARED: {"dana", "luis", "priya", "chris", "tom", "angela", "jordan"},
    Confidentiality.CHAPTER: {"dana", "priya", "chris", "tom", "jordan"},
    Confidentiality.RESTRICTED: {"dana", "jordan"},
}
EVERYBODY = (
    "dana", "luis", "ruth", "noor", "elise", "sam", "tom", "angela", "jordan", "chris", "pat", "priya", "former",
)  # fmt: skip


@pytest.mark.parametrize("level", list(Confidentiality))
def test_each_level_is_read_by_exactly_these_people(cast: Cast, level):
    logged(cast.dana, [alma_reyes()], confidentiality=level)

    readers = {name for name in EVERYBODY if Interaction.objects.visible_to(getattr(cast, name)).exists()}

    assert readers == READERS_OF_A_TEXAS_RECORD[level]


@pytest.mark.parametrize("level", list(Confidentiality))
def test_impressions_are_read_at_their_own_level_by_the_chapter_that_wrote_them(cast: Cast, level):
    logged(cast.dana, [alma_reyes()], impressions="private concern zebra", impressions_confidentiality=level)

    readers = {name for name in EVERYBODY if Impression.objects.visible_to(getattr(cast, name)).exists()}

    assert readers == READERS_OF_A_TEXAS_RECORD[level]


@pytest.mark.parametrize("level", list(Confidentiality))
def test_the_shortcut_of_long_lists_takes_nothing_away(cast: Cast, level):
    interaction = logged(cast.dana, [alma_reyes()], confidentiality=level, our_people=[cast.dana, cast.sam])
    interaction.credits.create(chapter=cast.saint_laurent)

    for name in EVERYBODY:
        visible = Interaction.objects.visible_to(getattr(cast, name))
        assert list(visible.near(getattr(cast, name))) == list(visible), name


def test_a_volunteer_who_wrote_a_restricted_record_reads_it_and_other_volunteers_do_not(cast: Cast):
    logged(cast.priya, [alma_reyes()], confidentiality=Confidentiality.RESTRICTED)

    readers = {name for name in EVERYBODY if Interaction.objects.visible_to(getattr(cast, name)).exists()}

    assert readers == {"priya", "dana", "jordan"}


def test_an_author_whose_term_has_ended_no_longer_sees_the_record(cast: Cast):
    logged(cast.dana, [alma_reyes()], confidentiality=Confidentiality.RESTRICTED)

    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=date(2027, 2, 9))

    assert list(Interaction.objects.visible_to(cast.dana)) == []


def test_a_member_sees_the_meeting_they_took_part_in(cast: Cast):
    interaction = logged(cast.dana, [alma_reyes()], our_people=[cast.dana, cast.sam])

    assert list(Interaction.objects.visible_to(cast.sam)) == [interaction]


def test_advocates_elsewhere_do_not_see_another_country(cast: Cast):
    minister = official_in(seat_in(province("qc", "Quebec", "Québec"), "Laurier"), "Anne Roy")

    logged(cast.elise, [minister])

    readers = {name for name in EVERYBODY if Interaction.objects.visible_to(getattr(cast, name)).exists()}
    assert readers == {"elise", "angela", "jordan"}


def test_a_chapter_that_joined_reads_the_record_but_not_the_impressions_of_the_other(cast: Cast):
    interaction = logged(
        cast.dana,
        [alma_reyes()],
        confidentiality=Confidentiality.CHAPTER,
        impressions="zebra",
    )
    interaction.credits.create(chapter=cast.hill_country)

    assert list(Interaction.objects.visible_to(cast.pat)) == [interaction]
    assert not Impression.objects.visible_to(cast.pat).exists()


def test_a_search_never_looks_into_impressions(cast: Cast):
    logged(cast.dana, [alma_reyes()], impressions="private concern zebra")

    assert not Interaction.objects.visible_to(cast.dana).search("zebra").exists()


def test_search_finds_words_without_accents_or_hyphens(cast: Cast):
    interaction = logged(cast.dana, [alma_reyes()], summary="Échange de données – santé")

    assert list(Interaction.objects.visible_to(cast.dana).search("echange SANTE reyes")) == [interaction]


def test_follow_ups_are_seen_where_their_record_is(cast: Cast):
    logged(cast.dana, [alma_reyes()], confidentiality=Confidentiality.RESTRICTED)

    readers = {name for name in EVERYBODY if FollowUp.objects.visible_to(getattr(cast, name)).exists()}

    assert readers == {"dana", "jordan"}


def test_two_roles_open_the_sum_of_both(cast: Cast):
    advocate_of(cast.saint_laurent, person=cast.luis)
    minister = official_in(seat_in(province("qc", "Quebec", "Québec"), "Laurier"), "Anne Roy")
    here = logged(cast.dana, [alma_reyes()])
    there = logged(cast.elise, [minister], confidentiality=Confidentiality.CHAPTER)

    assert set(Interaction.objects.visible_to(cast.luis)) == {here, there}
