"""Keeping coalitions, their members and positions, grasstops contacts, touches, and who was there with us."""

from uuid import uuid4

import pytest

from advocacy.audit.models import Entry
from advocacy.coalitions.actions import coalitions, grasstops, touches
from advocacy.coalitions.agreement import beside_ours
from advocacy.coalitions.errors import MayNotWrite, NotOfThisPartner
from advocacy.coalitions.models import Coalition, CoalitionMember, PartnerPosition, Presence, Touch
from tests.cast import TODAY, Cast
from tests.factories.letters import OrganisationFactory, partner
from tests.factories.log import alma_reyes, logged
from tests.factories.measures import Standpoint, measure, took
from tests.factories.partners import coalition_of, grasstop, reaches, says, touched


def test_a_coalition_is_kept_by_whoever_logs_for_its_chapter_and_the_trail_says_what_changed(cast: Cast):
    coalition = coalition_of(cast)
    coalition.rhythm = "Mondays"
    coalitions.keep(coalition, by=cast.dana, measures=[measure("HB 210")])

    assert Entry.objects.about(coalition).latest("pk").changes == {
        "rhythm": ["", "Mondays"], "measures": [[], ["HB 210 (90R)"]],
    }  # fmt: skip
    with pytest.raises(MayNotWrite):
        coalitions.keep(coalition, by=cast.luis)
    with pytest.raises(MayNotWrite):
        coalitions.keep(Coalition(name="Other", joined_on=TODAY, role="lead"), by=cast.dana)


def test_a_member_that_left_can_come_back_and_is_a_member_once_at_a_time(cast: Cast):
    coalition, harbor = coalition_of(cast), OrganisationFactory()
    twice = [coalitions.add_member(coalition, by=cast.dana, organisation=harbor) for _time in range(2)]
    member = CoalitionMember.objects.get()
    ended = [coalitions.end_member(member, by=cast.dana, on=TODAY) for _time in range(2)]
    again = coalitions.add_member(coalition, by=cast.dana, organisation=harbor)

    assert (twice, ended, again) == ([True, False], [True, False], True)
    assert list(CoalitionMember.objects.in_force(TODAY).values_list("ends_on", flat=True)) == [None]


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [("support_if_amended", "agrees"), ("oppose", "disagrees"), ("neutral", "")],
)
def test_the_newest_word_of_a_partner_stands_beside_ours(cast: Cast, theirs: str, expected: str):
    bill, harbor = measure("HB 210"), OrganisationFactory()
    ours = took(bill, cast.gulf_prairie, Standpoint.SUPPORT, by=cast.jordan)
    says(harbor, bill, "no_position_yet", by=cast.dana, on=TODAY.replace(day=1))
    says(harbor, bill, theirs, by=cast.dana)

    (row,) = beside_ours(PartnerPosition.objects.newest_of_each(), user=cast.dana)

    assert (row.said.position, row.ours, row.agreement) == (theirs, ours, expected)


def test_without_an_approved_position_of_ours_there_is_nothing_to_agree_with(cast: Cast):
    says(coalition_of(cast), measure("HB 210"), by=cast.dana)

    (row,) = beside_ours(PartnerPosition.objects.newest_of_each(), user=cast.dana)

    assert (row.ours, row.agreement) == (None, "")


def test_a_line_of_the_map_is_replaced_and_can_be_taken_off(cast: Cast):
    contact, reyes = grasstop(cast), alma_reyes()
    reaches(contact, reyes, 2)
    line = reaches(contact, reyes, 4)

    assert (contact.influences.get(), line.strength, line.known_by) == (line, 4, cast.dana)
    grasstops.unmap(line, by=cast.dana)
    assert not contact.influences.exists()


def test_one_filled_form_is_one_touch(cast: Cast):
    coalition, key = coalition_of(cast), uuid4()
    made = []
    for _click in range(2):
        touch = Touch(coalition=coalition, chapter=cast.gulf_prairie, kind="call", occurred_on=TODAY)
        made.append(touches.log(touch, by=cast.dana, form_key=key))

    assert [is_new for _touch, is_new in made] == [True, False]
    assert made[0][0] == made[1][0] == Touch.objects.get()


def test_a_touch_is_corrected_by_its_author_and_by_the_chapters_advocates_only(cast: Cast):
    touch = touched(coalition_of(cast), by=cast.dana, confidentiality="shared")
    touch.summary = "They will sign."
    touches.correct(touch, by=cast.dana)

    assert Touch.objects.get().summary == "They will sign."
    with pytest.raises(MayNotWrite):
        touches.correct(touch, by=cast.luis)


def test_a_partner_is_named_once_at_a_meeting_and_only_with_their_own_people(cast: Cast):
    meeting, contact = logged(cast.dana, [alma_reyes()]), partner("Harbor Patients")
    there = {"organisation": contact.organisation, "contact": contact}
    twice = [touches.note_presence(meeting, by=cast.dana, **there) for _time in range(2)]

    assert twice == [True, False]
    assert [str(one) for one in Presence.objects.visible_to(cast.dana)] == ["Harbor Patients (Robin Vale)"]
    assert not Presence.objects.visible_to(cast.sam).exists()
    with pytest.raises(NotOfThisPartner):
        touches.note_presence(meeting, by=cast.dana, organisation=OrganisationFactory(), contact=contact)
    with pytest.raises(MayNotWrite):
        touches.note_presence(meeting, by=cast.luis, **there)
