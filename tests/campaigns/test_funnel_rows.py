"""From the tables to the funnel: who counts where, for whom the parts are told apart, and what it costs."""

from datetime import date, timedelta
from typing import Any

import pytest

from advocacy.outbox.models import DeliveryEvent, OutboundMessage
from campaigns import funnel_rows, result_lists
from campaigns.actions import arrivals, mailings
from campaigns.funnel import Step, by_day, funnel_of
from campaigns.funnel_rows import Cut
from campaigns.links import token_for
from campaigns.models import Appeal, Campaign, Confirmation, Method, Purpose, Recipient
from members.access import reach_of
from tests.campaigns.answering import DAY, proven, to_reyes, took_part
from tests.campaigns.mailing import drafted_for, live_for, says_for, written
from tests.cast import NOW, TODAY, Cast
from tests.factories.campaigns import launched


def counts(campaign: Campaign) -> list[int]:
    """Invited, delivered, viewed, acted, confirmed, answered."""
    return list(funnel_of(funnel_rows.tallies(campaign)).counts.values())


def mailed(campaign: Campaign) -> None:
    """The ask is written and handed over."""
    written(campaign)
    OutboundMessage.objects.filter(kind="campaigns.appeal").update(state="sent", settled_at=NOW)


def went_on(campaign: Campaign, person: Any) -> None:
    row = Recipient.objects.select_related("mailing__campaign").get(contact=person)
    arrivals.note(token_for(row), campaign_slug=campaign.slug, now=NOW)


def confirmed(one: Any) -> None:
    to_reyes(one, method=Method.PORTAL_EMAIL, confirmation=Confirmation.CONFIRMED)


def test_each_step_counts_whom_its_definition_names(cast: Cast):
    ann, ben, cleo, dan, eve = people = [proven(chapter=cast.gulf_prairie) for _one in range(5)]
    campaign = live_for(cast, *people)
    mailed(campaign)
    bounced = Recipient.objects.get(contact=eve).message
    DeliveryEvent.objects.create(
        source="x", event_id="1", kind="hard", at=NOW, noted_at=NOW, message=bounced, address="f"
    )
    OutboundMessage.objects.filter(campaign_recipient__contact=dan).update(state="rejected")
    for person in (ann, ben, cleo):
        went_on(campaign, person)
    confirmed(took_part(campaign, ann, chapter=cast.gulf_prairie))
    of_ben = took_part(campaign, ben, chapter=cast.gulf_prairie)
    to_reyes(of_ben, reply="opposed", replied_on=TODAY, reply_noted_at=NOW)
    took_part(campaign, cleo, state="held")

    assert counts(campaign) == [5, 3, 3, 2, 1, 1]


def test_skipped_people_and_those_asked_again_are_not_invited_twice(cast: Cast):
    campaign = live_for(cast, proven())
    mailed(campaign)
    Recipient.objects.update(skipped="no_consent", message=None)

    assert counts(campaign)[0] == 0


def test_who_came_without_our_mail_acts_all_the_same(cast: Cast):
    campaign = live_for(cast)
    took_part(campaign, proven())

    assert counts(campaign) == [0, 0, 0, 1, 0, 0]


def test_a_reported_letter_is_never_among_the_confirmed(cast: Cast):
    campaign = live_for(cast)
    to_reyes(took_part(campaign, proven()), told_at=NOW)

    assert counts(campaign)[4] == 0


def test_a_link_of_another_campaign_or_pressed_twice_is_not_noted_again(cast: Cast):
    person = proven()
    campaign = live_for(cast, person)
    mailed(campaign)
    token = token_for(Recipient.objects.select_related("mailing__campaign").get())

    assert not arrivals.note(token, campaign_slug="another", now=NOW)
    assert not arrivals.note("forged", campaign_slug=campaign.slug, now=NOW)
    assert arrivals.note(token, campaign_slug=campaign.slug, now=NOW)
    assert not arrivals.note(token, campaign_slug=campaign.slug, now=NOW + DAY)
    assert Recipient.objects.get().viewed_at == NOW


def test_people_count_on_the_day_of_the_campaigns_zone(cast: Cast):
    campaign = live_for(cast)
    # A quarter to midnight in Chicago is the next day in New York and in UTC.
    took_part(campaign, proven(), at=NOW.replace(hour=23, minute=45))

    days = by_day(funnel_rows.tallies(campaign), TODAY, TODAY + DAY)

    assert [one.counts[Step.ACTED] for one in days.values()] == [1, 0]


def test_targets_count_letters_so_that_whoever_wrote_to_two_offices_is_in_two_lines(cast: Cast):
    campaign = live_for(cast)
    one = took_part(campaign, proven())
    agency = campaign.targets.create(agency_name="Commission", added_at=NOW, changed_at=NOW)
    confirmed(one)
    reported = {"method": Method.PRINT, "confirmation": Confirmation.SELF_REPORTED}
    one.letters.create(target=agency, fingerprint="y", at=NOW, **reported)

    found = {(row.target, row.step): row.count for row in funnel_rows.letter_tallies(campaign)}

    assert found[agency.pk, Step.ACTED] == 1
    assert found[agency.pk, Step.CONFIRMED] == 0
    assert sum(count for (_target, step), count in found.items() if step == Step.ACTED) == 2


CUTS = [
    Cut(Step.INVITED),
    Cut(Step.DELIVERED),
    Cut(Step.VIEWED),
    Cut(Step.ACTED),
    Cut(Step.CONFIRMED),
    Cut(Step.ANSWERED),
    Cut(Step.ACTED, day=TODAY),
    Cut(Step.INVITED, day=TODAY),
    Cut(Step.ACTED, day=date(2027, 2, 10)),
    Cut(Step.ACTED, chapter=0),
]


@pytest.mark.parametrize("cut", CUTS)
def test_the_list_behind_a_number_is_as_long_as_the_number(cast: Cast, cut: Cut):
    ann, ben = proven(chapter=cast.gulf_prairie), proven()
    campaign = live_for(cast, ann, ben)
    mailed(campaign)
    went_on(campaign, ann)
    confirmed(took_part(campaign, ann, chapter=cast.gulf_prairie))
    to_reyes(took_part(campaign, ben), reply="opposed", replied_on=TODAY, reply_noted_at=NOW)

    number = sum(
        one.count
        for one in funnel_rows.tallies(campaign)
        if one.step == cut.step
        and (cut.day is None or one.day == cut.day)
        and (cut.chapter is None or (one.chapter or 0) == cut.chapter)
    )

    assert result_lists.everybody(campaign, cut).count() == number


def test_the_letters_of_a_target_are_its_list(cast: Cast):
    campaign = live_for(cast)
    one = took_part(campaign, proven())
    confirmed(one)
    target = one.letters.get().target_id

    assert list(result_lists.everybody(campaign, Cut(Step.CONFIRMED, target=target))) == [one]
    assert not result_lists.everybody(campaign, Cut(Step.ANSWERED, target=target)).exists()


def _three_chapters(cast: Cast) -> Campaign:
    campaign = live_for(cast)
    for chapter, number in ((cast.gulf_prairie, 1), (cast.hill_country, 2), (cast.three_capitals, 3)):
        for _one in range(number):
            took_part(campaign, proven(), chapter=chapter)
    return campaign


def test_chapters_of_colleagues_with_fewer_than_three_people_are_not_told_apart(cast: Cast):
    campaign = _three_chapters(cast)
    found = funnel_rows.tallies(campaign)

    seen = funnel_rows.chapters_for(found, reach_of(cast.dana))

    assert {line.key: line.funnel.counts[Step.ACTED] for line in seen.lines} == {
        cast.gulf_prairie.pk: 1,
        cast.three_capitals.pk: 3,
    }
    assert seen.others
    assert seen.others.counts[Step.ACTED] == 2


def test_staff_see_every_chapter(cast: Cast):
    found = funnel_rows.tallies(_three_chapters(cast))

    seen = funnel_rows.chapters_for(found, reach_of(cast.jordan))

    assert [line.funnel.counts[Step.ACTED] for line in seen.lines] == [1, 2, 3]
    assert seen.others is None


def test_names_are_read_by_staff_and_by_the_advocates_of_the_chapter_credited(cast: Cast):
    campaign = _three_chapters(cast)

    read = {
        person: result_lists.readable(campaign, Cut(Step.ACTED), getattr(cast, person)).count()
        for person in ("dana", "luis", "jordan", "priya", "angela")
    }

    assert read == {"dana": 1, "luis": 2, "jordan": 6, "priya": 0, "angela": 0}


def four_got_b() -> list[Recipient]:
    """As if the draw had said so: by itself it may give everybody the same subject."""
    chosen = list(Recipient.objects.order_by("pk")[:4])
    Recipient.objects.update(variant="a")
    Recipient.objects.filter(pk__in=[row.pk for row in chosen]).update(variant="b")
    return chosen


def test_two_subject_lines_are_compared_by_who_took_part_of_those_reached(cast: Cast):
    people = [proven() for _one in range(8)]
    campaign = drafted_for(cast, *people)
    Appeal.objects.filter(campaign=campaign).update(subject_b="Another line")
    launched(campaign, by=cast.dana, approver=cast.jordan)
    mailed(campaign)
    first, *_others = four_got_b()
    took_part(campaign, first.contact)

    found = funnel_rows.subjects(campaign, NOW + 3 * DAY)

    assert found
    assert (found.a.count, found.b.count, found.b.total, found.look) == (0, 1, 4, 3)
    assert found.words.startswith("Too early to tell")


def test_one_subject_line_is_compared_with_nothing(cast: Cast):
    campaign = live_for(cast, proven())
    mailed(campaign)

    assert funnel_rows.subjects(campaign, NOW) is None


@pytest.mark.parametrize("number", [1, 3])
def test_three_questions_however_many_people(cast: Cast, number: int, django_assert_num_queries: Any):
    people = [proven(chapter=cast.gulf_prairie) for _one in range(number)]
    campaign = live_for(cast, *people)
    mailed(campaign)
    for person in people:
        confirmed(took_part(campaign, person, chapter=cast.gulf_prairie, at=NOW + timedelta(hours=1)))

    with django_assert_num_queries(3):
        assert counts(campaign)[3] == number
    with django_assert_num_queries(1):
        funnel_rows.letter_tallies(campaign)


def test_a_reminder_invites_nobody_again(cast: Cast):
    campaign = drafted_for(cast, proven())
    says_for(campaign, Purpose.REMINDER)
    launched(campaign, by=cast.dana, approver=cast.jordan)
    mailed(campaign)
    mailings.begin(campaign, Purpose.REMINDER, by=None, now=NOW + 4 * DAY)
    written(campaign, Purpose.REMINDER, now=NOW + 4 * DAY)

    assert counts(campaign)[0] == 1


def test_mail_that_most_likely_left_counts_as_delivered(cast: Cast):
    campaign = live_for(cast, proven())
    mailed(campaign)
    OutboundMessage.objects.filter(kind="campaigns.appeal").update(state="presumed_sent")

    assert counts(campaign)[1] == 1


def test_mail_is_counted_and_listed_on_the_day_of_the_campaigns_zone(cast: Cast):
    campaign = live_for(cast, proven())
    mailed(campaign)
    # A quarter to midnight in Chicago is the next day in New York and in UTC.
    late = NOW.replace(hour=23, minute=45)
    Recipient.objects.update(decided_at=late, viewed_at=late)

    days = {one.step: one.day for one in funnel_rows.tallies(campaign)}

    assert days == dict.fromkeys((Step.INVITED, Step.DELIVERED, Step.VIEWED), TODAY)
    for step in days:
        assert result_lists.everybody(campaign, Cut(step, day=TODAY)).count() == 1
        assert not result_lists.everybody(campaign, Cut(step, day=TODAY + DAY)).exists()


def test_acts_are_listed_on_the_day_of_the_campaigns_zone(cast: Cast):
    campaign = live_for(cast)
    took_part(campaign, proven(), at=NOW.replace(hour=23, minute=45))

    assert result_lists.everybody(campaign, Cut(Step.ACTED, day=TODAY)).count() == 1


def test_who_came_is_listed_on_the_day_they_came_and_not_on_that_of_the_mail(cast: Cast):
    campaign = live_for(cast, proven())
    mailed(campaign)
    Recipient.objects.update(viewed_at=NOW + DAY)

    assert not result_lists.everybody(campaign, Cut(Step.VIEWED, day=TODAY)).exists()
    assert result_lists.everybody(campaign, Cut(Step.VIEWED, day=TODAY + DAY)).count() == 1


def test_whose_mail_came_back_or_who_did_not_come_stands_in_no_such_list(cast: Cast):
    campaign = live_for(cast, proven())
    mailed(campaign)
    DeliveryEvent.objects.create(
        source="x", event_id="1", kind="hard", at=NOW, noted_at=NOW, address="f",
        message=Recipient.objects.get().message,
    )  # fmt: skip

    assert not result_lists.everybody(campaign, Cut(Step.DELIVERED)).exists()
    assert not result_lists.everybody(campaign, Cut(Step.VIEWED)).exists()


def test_mail_is_cut_by_the_chapter_of_its_reader_and_by_no_office(cast: Cast):
    ours, nobodys = proven(chapter=cast.gulf_prairie), proven()
    campaign = live_for(cast, ours, nobodys)
    mailed(campaign)

    def listed(**cut: int) -> list[Any]:
        return [row.contact for row in result_lists.everybody(campaign, Cut(Step.INVITED, **cut))]

    assert (listed(chapter=cast.gulf_prairie.pk), listed(chapter=0)) == ([ours], [nobodys])
    assert listed(target=campaign.targets.get().pk) == []


def test_a_letter_of_somebody_who_is_held_counts_for_no_office(cast: Cast):
    campaign = live_for(cast)
    to_reyes(took_part(campaign, proven(), state="held"))

    assert funnel_rows.letter_tallies(campaign) == []


def test_names_in_the_mail_are_read_by_the_advocates_of_their_chapter(cast: Cast):
    campaign = live_for(cast, proven(chapter=cast.gulf_prairie), proven(chapter=cast.hill_country))
    mailed(campaign)

    read = {
        person: result_lists.readable(campaign, Cut(Step.INVITED), getattr(cast, person)).count()
        for person in ("dana", "luis", "jordan", "priya", "angela")
    }

    assert read == {"dana": 1, "luis": 1, "jordan": 2, "priya": 0, "angela": 0}


def test_names_of_a_campaign_that_is_a_draft_again_are_read_by_those_who_see_it(cast: Cast):
    campaign = live_for(cast, proven(chapter=cast.hill_country))
    mailed(campaign)
    took_part(campaign, proven(), chapter=cast.hill_country)
    Campaign.objects.update(status="draft")

    for step in (Step.INVITED, Step.ACTED):
        assert not result_lists.readable(campaign, Cut(step), cast.luis).exists()
        assert result_lists.readable(campaign, Cut(step), cast.jordan).count() == 1


def test_subjects_are_compared_by_mail_that_arrived_and_by_acts_that_count(cast: Cast):
    campaign = drafted_for(cast, *(proven() for _one in range(8)))
    Appeal.objects.filter(campaign=campaign).update(subject_b="Another line")
    launched(campaign, by=cast.dana, approver=cast.jordan)
    mailed(campaign)
    came_back, held, *others = four_got_b()
    DeliveryEvent.objects.create(
        source="x", event_id="1", kind="hard", at=NOW, noted_at=NOW, address="f", message=came_back.message
    )
    took_part(campaign, held.contact, state="held")

    found = funnel_rows.subjects(campaign, NOW)

    assert found
    assert (found.b.count, found.b.total, found.look) == (0, 1 + len(others), 1)
