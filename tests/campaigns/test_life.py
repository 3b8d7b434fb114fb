"""From the draft to the evaluation: who may do what, and that nothing is launched that two people did not agree on."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from advocacy.accounts.models import User
from advocacy.positions.models import Standpoint
from campaigns.actions import campaigns
from campaigns.errors import AudienceMoved, MayNotDecide, MayNotRun, NotReady, NotWhatWasApproved, WrongStatus
from campaigns.models import Campaign, Revision, Status, StatusChange, Verdict
from campaigns.models.choices import MOVES
from tests.campaigns.mailing import acted
from tests.cast import NOW, Cast
from tests.factories.campaigns import approved, drafted, launched, to_own_legislators
from tests.factories.contacts import ContactFactory
from tests.factories.log import alma_reyes
from tests.factories.measures import measure, took
from tests.factories.people import member_of, state

HOUR = timedelta(hours=1)


def ready(cast: Cast, **fields: object) -> Campaign:
    """Dana's campaign on HB 210, to one's own Texas legislators."""
    bill = measure("HB 210")
    took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    campaign = drafted(cast.dana, bill, cast.gulf_prairie, **fields)
    alma_reyes()
    to_own_legislators(campaign, state("tx", "Texas"))
    return campaign


def test_a_campaign_goes_from_draft_to_evaluation_and_every_move_is_kept(cast: Cast):
    campaign = launched(ready(cast), by=cast.dana, approver=cast.jordan)
    campaigns.pause(campaign, by=cast.dana, now=NOW + HOUR)
    campaigns.resume(campaign, by=cast.dana, now=NOW + 2 * HOUR)
    campaigns.close(campaign, by=cast.dana, now=NOW + 3 * HOUR, outcome="It left the committee.")
    said = {"outcome": "Passed.", "outcome_fr": "", "lessons": "Begin earlier."}
    campaigns.evaluate(campaign, by=cast.dana, now=NOW + 4 * HOUR, **said)

    moves = StatusChange.objects.filter(campaign=campaign).order_by("pk")
    assert [(move.after, move.by) for move in moves] == [
        ("in_review", cast.dana),
        ("approved", cast.jordan),
        ("live", cast.dana),
        ("paused", cast.dana),
        ("live", cast.dana),
        ("closed", cast.dana),
        ("evaluated", cast.dana),
    ]
    assert [str(target) for target in campaign.targets.all()] == ["Alma Reyes"]


@pytest.mark.parametrize("status", list(Status))
def test_only_the_allowed_moves_are_made(cast: Cast, status: Status):
    campaign = Campaign(status=status)

    allowed = {after for after in Status if campaign.may_become(after)}

    assert allowed == MOVES[status]


def test_its_author_cannot_approve_it_whatever_their_role(cast: Cast):
    campaign = ready(cast)
    Campaign.objects.filter(pk=campaign.pk).update(created_by=cast.jordan)
    campaign.refresh_from_db()
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    with pytest.raises(MayNotDecide):
        campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)


def test_who_submits_it_cannot_approve_it(cast: Cast):
    campaign = ready(cast)
    campaigns.submit(campaign, by=cast.jordan, now=NOW)

    with pytest.raises(MayNotDecide):
        campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)

    campaigns.approve(campaign, by=cast.angela, now=NOW, is_nonpartisan=True)
    assert campaign.status == Status.APPROVED


@pytest.mark.parametrize("who", ["dana", "luis", "sam", "tom", "chris", "former"])
def test_neither_advocates_nor_members_approve(cast: Cast, who: str):
    campaign = ready(cast)
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    with pytest.raises(MayNotDecide):
        campaigns.approve(campaign, by=getattr(cast, who), now=NOW, is_nonpartisan=True)


def test_the_database_itself_refuses_an_approval_by_its_author(cast: Cast):
    campaign = ready(cast)
    revision = campaigns.submit(campaign, by=cast.dana, now=NOW)
    revision.verdict, revision.decided_by, revision.decided_at = Verdict.APPROVED, cast.dana, NOW
    revision.is_nonpartisan = True

    with pytest.raises(IntegrityError), transaction.atomic():
        revision.save()


def test_a_row_that_says_it_is_live_without_an_approval_is_neither_open_nor_public(cast: Cast):
    campaign = ready(cast)
    revision = campaigns.submit(campaign, by=cast.dana, now=NOW)
    Campaign.objects.filter(pk=campaign.pk).update(status=Status.LIVE, revision=revision, launched_at=NOW)
    campaign.refresh_from_db()

    assert not campaign.is_open(NOW)
    assert list(Campaign.objects.public()) == []
    assert list(Campaign.objects.live()) == []


def test_an_approval_of_another_campaign_opens_nothing(cast: Cast):
    other = approved(ready(cast), by=cast.dana, approver=cast.jordan)
    campaign = drafted(cast.dana, None, cast.gulf_prairie, slug="another")
    Campaign.objects.filter(pk=campaign.pk).update(revision=other.revision, status=Status.APPROVED)
    campaign.refresh_from_db()

    with pytest.raises(NotReady, match="second person"):
        campaigns.launch(campaign, by=cast.dana, now=NOW)


def test_nothing_is_launched_whose_position_was_withdrawn_after_the_approval(cast: Cast):
    campaign = approved(ready(cast), by=cast.dana, approver=cast.jordan)
    campaign.measures.get().positions.update(ends_on=NOW.date(), status="withdrawn")

    with pytest.raises(NotReady, match="HB 210"):
        campaigns.launch(campaign, by=cast.dana, now=NOW)


def test_nothing_is_launched_that_differs_from_what_was_approved(cast: Cast):
    campaign = approved(ready(cast), by=cast.dana, approver=cast.jordan)
    campaign.messages.update(body="{{ salutation }}, {{ measure }} {{ position }} {{ constituency }} now!")

    with pytest.raises(NotWhatWasApproved):
        campaigns.launch(campaign, by=cast.dana, now=NOW)


def test_the_launch_stops_where_the_audience_moved_and_goes_on_when_somebody_has_seen_it(cast: Cast):
    campaign = approved(ready(cast), by=cast.dana, approver=cast.jordan)
    before = campaign.revision.audience
    member_of(cast.gulf_prairie)

    with pytest.raises(AudienceMoved) as moved:
        campaigns.launch(campaign, by=cast.dana, now=NOW)

    campaigns.launch(campaign, by=cast.dana, now=NOW, expected=moved.value.now)
    assert (moved.value.then, moved.value.now) == (before, before + 1)
    assert campaign.status == Status.LIVE


def test_a_second_click_on_launch_is_told_that_somebody_was_faster(cast: Cast):
    campaign = approved(ready(cast), by=cast.dana, approver=cast.jordan)
    same = Campaign.objects.get(pk=campaign.pk)
    campaigns.launch(campaign, by=cast.dana, now=NOW)

    with pytest.raises(WrongStatus):
        campaigns.launch(same, by=cast.jordan, now=NOW)

    assert StatusChange.objects.filter(campaign=campaign, after=Status.LIVE).count() == 1


def test_another_chapters_advocate_runs_nothing_here(cast: Cast):
    campaign = ready(cast)

    with pytest.raises(MayNotRun):
        campaigns.submit(campaign, by=cast.luis, now=NOW)
    with pytest.raises(MayNotRun):
        campaigns.begin(by=cast.luis, now=NOW, chapter=cast.gulf_prairie, name="x", slug="x", kind="letter")
    with pytest.raises(MayNotRun):
        campaigns.begin(by=cast.dana, now=NOW, chapter=None, name="x", slug="x", kind="letter")


def test_what_is_returned_says_what_has_to_change_and_is_a_draft_again(cast: Cast):
    campaign = ready(cast)
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    with pytest.raises(NotReady, match="what has to change"):
        campaigns.return_(campaign, by=cast.jordan, now=NOW, note="  ")
    campaigns.return_(campaign, by=cast.jordan, now=NOW, note="Shorter, please.")

    revision = campaign.revisions.get()
    assert (campaign.status, revision.verdict, revision.note) == ("draft", "returned", "Shorter, please.")


def test_a_paused_campaign_is_changed_only_through_another_review(cast: Cast):
    campaign = launched(ready(cast), by=cast.dana, approver=cast.jordan)
    campaigns.pause(campaign, by=cast.dana, now=NOW)
    campaigns.rework(campaign, by=cast.dana, now=NOW)
    campaign.ask = "vote for it in committee"
    campaign.save()

    with pytest.raises(WrongStatus):
        campaigns.launch(campaign, by=cast.dana, now=NOW)
    approved(campaign, by=cast.dana, approver=cast.angela)
    campaigns.launch(campaign, by=cast.dana, now=NOW)

    assert [one.number for one in campaign.revisions.order_by("number")] == [1, 2]
    assert campaign.revision.number == 2
    assert campaign.launched_at == NOW


def test_what_is_being_written_is_seen_by_its_chapters_and_what_was_approved_by_all_colleagues(cast: Cast):
    campaign = ready(cast)
    everybody = [cast.dana, cast.chris, cast.luis, cast.elise, cast.jordan, cast.angela, cast.former]

    def who_sees() -> list[str]:
        return [one.get_short_name() for one in everybody if Campaign.objects.visible_to(one).exists()]

    before = who_sees()
    approved(campaign, by=cast.dana, approver=cast.jordan)

    assert before == ["Dana", "Chris", "Jordan", "Angela"]
    assert who_sees() == ["Dana", "Chris", "Luis", "Élise", "Jordan", "Angela"]


def test_a_second_person_says_that_it_names_no_party_before_it_is_approved(cast: Cast):
    campaign = ready(cast)
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    with pytest.raises(NotReady, match="no party"):
        campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=False)


def test_what_changed_under_the_reviewers_eyes_is_not_approved(cast: Cast):
    campaign = ready(cast)
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    campaign.messages.update(prompt="Say whom you voted for.")

    with pytest.raises(NotWhatWasApproved):
        campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)


def test_what_is_not_ready_is_neither_submitted_nor_scheduled(cast: Cast):
    campaign = approved(ready(cast), by=cast.dana, approver=cast.jordan)
    cast.society.postal_address = ""
    cast.society.save()

    with pytest.raises(NotReady, match="postal address"):
        campaigns.schedule(campaign, by=cast.dana, now=NOW)
    campaigns.rework(campaign, by=cast.dana, now=NOW)
    with pytest.raises(NotReady, match="postal address"):
        campaigns.submit(campaign, by=cast.dana, now=NOW)


def _paused(cast: Cast) -> Campaign:
    campaign = launched(ready(cast), by=cast.dana, approver=cast.jordan)
    campaigns.pause(campaign, by=cast.dana, now=NOW)
    return campaign


def _submitted(cast: Cast) -> Campaign:
    campaign = ready(cast)
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    return campaign


def _approved(cast: Cast) -> Campaign:
    return approved(ready(cast), by=cast.dana, approver=cast.jordan)


def _scheduled(cast: Cast) -> Campaign:
    campaign = _approved(cast)
    campaigns.schedule(campaign, by=cast.dana, now=NOW)
    return campaign


def _launched(cast: Cast) -> Campaign:
    return launched(ready(cast), by=cast.dana, approver=cast.jordan)


def _closed(cast: Cast) -> Campaign:
    campaign = _launched(cast)
    campaigns.close(campaign, by=cast.dana, now=NOW)
    return campaign


@pytest.mark.parametrize(
    ("made", "move", "said"),
    [
        (_submitted, campaigns.withdraw, {}),
        (_approved, campaigns.rework, {}),
        (_approved, campaigns.schedule, {}),
        (_scheduled, campaigns.unschedule, {}),
        (_approved, campaigns.launch, {}),
        (_launched, campaigns.pause, {}),
        (_paused, campaigns.resume, {}),
        (_launched, campaigns.close, {}),
        (_closed, campaigns.evaluate, {"outcome": "x", "outcome_fr": "", "lessons": ""}),
    ],
)
def test_another_chapters_advocate_makes_no_move(cast: Cast, made: Any, move: Any, said: dict[str, str]):
    campaign = made(cast)
    before = campaign.status

    with pytest.raises(MayNotRun):
        move(campaign, by=cast.luis, now=NOW, **said)

    campaign.refresh_from_db()
    assert campaign.status == before


def test_nothing_is_launched_once_its_window_is_over(cast: Cast):
    campaign = _approved(cast)

    with pytest.raises(NotReady, match="window is over"):
        campaigns.launch(campaign, by=cast.dana, now=campaign.closes_at)


def test_nothing_is_resumed_whose_position_was_withdrawn_during_the_pause(cast: Cast):
    campaign = _paused(cast)
    campaign.measures.get().positions.update(ends_on=NOW.date(), status="withdrawn")

    with pytest.raises(NotReady, match="HB 210"):
        campaigns.resume(campaign, by=cast.dana, now=NOW)

    campaign.refresh_from_db()
    assert campaign.status == Status.PAUSED


def test_only_what_is_paused_is_resumed_and_what_is_paused_is_not_launched(cast: Cast):
    campaign = _approved(cast)
    with pytest.raises(WrongStatus):
        campaigns.resume(campaign, by=cast.dana, now=NOW)

    campaigns.launch(campaign, by=cast.dana, now=NOW)
    campaigns.pause(campaign, by=cast.dana, now=NOW)
    with pytest.raises(WrongStatus):
        campaigns.launch(campaign, by=cast.dana, now=NOW)


def test_the_first_launch_is_the_one_that_is_told(cast: Cast):
    campaign = _paused(cast)
    campaigns.rework(campaign, by=cast.dana, now=NOW)
    approved(campaign, by=cast.dana, approver=cast.angela)

    campaigns.launch(campaign, by=cast.dana, now=NOW + HOUR)

    assert campaign.launched_at == NOW


def test_a_number_that_somebody_agreed_to_and_that_holds_no_more_launches_nothing(cast: Cast):
    campaign = _approved(cast)
    member_of(cast.gulf_prairie)

    with pytest.raises(AudienceMoved):
        campaigns.launch(campaign, by=cast.dana, now=NOW, expected=campaign.revision.audience)


def test_a_change_of_just_the_tolerated_share_launches(cast: Cast):
    campaign = _approved(cast)
    Revision.objects.update(audience=campaign.revision.audience * 2)
    campaign.revision.refresh_from_db()
    Campaign.objects.update(tolerated_drift=50)
    campaign.refresh_from_db()

    campaigns.launch(campaign, by=cast.dana, now=NOW)

    assert campaign.status == Status.LIVE


def test_chapters_taking_part_and_whoever_began_it_see_what_is_being_written(cast: Cast):
    campaign = ready(cast)
    Campaign.objects.filter(pk=campaign.pk).update(created_by=cast.noor)

    def seen_by(person: User) -> bool:
        return Campaign.objects.visible_to(person).filter(pk=campaign.pk).exists()

    before = seen_by(cast.luis), seen_by(cast.noor), seen_by(cast.elise)
    campaign.chapters.add(cast.hill_country)

    assert (before, seen_by(cast.luis)) == ((False, True, False), True)


@pytest.mark.parametrize("made", [_scheduled, _launched, _paused, _closed])
def test_whatever_was_approved_stays_known_to_colleagues(cast: Cast, made: Any):
    campaign = made(cast)

    assert list(Campaign.objects.visible_to(cast.elise)) == [campaign]


def test_nobody_takes_part_from_the_moment_it_closes(cast: Cast):
    campaign = _launched(cast)

    assert campaign.is_open(campaign.closes_at - timedelta(seconds=1))
    assert not campaign.is_open(campaign.closes_at)


def test_those_who_took_part_are_counted_once_and_the_held_not_at_all(cast: Cast):
    campaign = _launched(cast)
    acted(ContactFactory(), campaign)
    held = acted(ContactFactory(), campaign)
    held.state = "held"
    held.save()

    assert [one.participants for one in Campaign.objects.with_participants()] == [1]
