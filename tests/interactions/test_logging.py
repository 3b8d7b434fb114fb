from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from advocacy.audit.models import Entry as AuditEntry
from advocacy.interactions.actions import contacts
from advocacy.interactions.entry import AskMade, Promise
from advocacy.interactions.errors import (
    AlreadyDeleted,
    CannotJoinRestricted,
    ChangedMeanwhile,
    InTheFuture,
    NotAllowedToChange,
    NotAllowedToLogHere,
)
from advocacy.interactions.models import (
    AskKind,
    AskResponse,
    CommitmentSide,
    Confidentiality,
    FollowUp,
    FollowUpKind,
    Interaction,
    Kind,
    Stance,
    StanceEvidence,
    State,
)
from legislation.models import Staffer, Tenure
from tests.cast import Cast
from tests.factories.log import alma_reyes, entry_by, hb_210, logged, official_in, seat_in
from tests.factories.people import advocate_of, state


def test_a_logged_meeting_remembers_the_seat_and_jurisdiction_of_that_day(cast: Cast):
    reyes = alma_reyes()

    interaction = logged(cast.dana, [reyes])

    office = interaction.offices.get()
    assert (str(office.seat), office.jurisdiction) == ("Texas House 131", state("tx", "Texas"))


def test_the_same_form_sent_twice_makes_one_record(cast: Cast):
    entry, key = entry_by(cast.dana, [alma_reyes()]), uuid4()

    first, was_new = contacts.log(by=cast.dana, entry=entry, form_key=key, now=timezone.now())
    again, is_new = contacts.log(by=cast.dana, entry=entry, form_key=key, now=timezone.now())

    assert (first, was_new, is_new) == (again, True, False)
    assert Interaction.objects.count() == 1


def test_thanks_are_due_the_next_business_day_and_an_open_answer_is_checked_after_ten(cast: Cast):
    ask = AskMade(kind=AskKind.COSPONSOR, response=AskResponse.WILL_CONSIDER)

    interaction = logged(cast.dana, [alma_reyes()], asks=[ask])

    due = [(row.kind, row.due_on, row.owner) for row in interaction.followups.all()]
    assert due == [
        (FollowUpKind.THANK_YOU, date(2027, 2, 10), cast.dana),
        (FollowUpKind.CHECK_COMMITMENT, date(2027, 2, 24), cast.dana),
    ]


def test_voicemail_owes_no_thanks(cast: Cast):
    interaction = logged(cast.dana, [alma_reyes()], kind=Kind.PHONE_CALL, was_voicemail_only=True, met=[])

    assert not interaction.followups.exists()


def test_testimony_brings_a_written_copy_and_the_outcome(cast: Cast):
    interaction = logged(cast.dana, [alma_reyes()], kind=Kind.HEARING_TESTIMONY)

    rules = {row.rule for row in interaction.followups.all()}
    assert rules == {"thank_you", "written_copy", "hearing_outcome"}


def test_a_stance_is_dated_and_says_how_we_know(cast: Cast):
    reyes, measure = alma_reyes(), hb_210()
    ask = AskMade(
        kind=AskKind.COSPONSOR,
        response=AskResponse.WILL_CONSIDER,
        official=reyes,
        measure=measure,
        stance=Stance.LEAN_YES,
        evidence=StanceEvidence.VIA_STAFF,
    )

    interaction = logged(cast.dana, [reyes], measures=[measure], asks=[ask])

    stance = interaction.asks.get().stance_after
    assert (str(stance), stance.as_of, stance.measure) == ("Lean yes – Via staff", date(2027, 2, 9), measure)


def test_somebody_new_at_the_office_is_on_record_for_the_next_contact(cast: Cast):
    reyes = alma_reyes()

    logged(cast.dana, [reyes])
    logged(cast.dana, [reyes])

    assert [str(staffer) for staffer in Staffer.objects.filter(official=reyes)] == ["Kim Ito"]


def test_our_promise_becomes_a_follow_up_and_theirs_is_watched(cast: Cast):
    ours = Promise(
        side=CommitmentSide.US,
        text="Send the rural pilot figures",
        check_back_on=date(2027, 2, 16),
        kind=FollowUpKind.SEND_INFORMATION,
        owner=cast.priya,
    )
    theirs = Promise(side=CommitmentSide.THEM, text="Raise it in caucus", check_back_on=date(2027, 3, 1))

    interaction = logged(cast.dana, [alma_reyes()], kind=Kind.DROP_BY, promises=[ours, theirs])

    followup = FollowUp.objects.get(kind=FollowUpKind.SEND_INFORMATION)
    assert (followup.owner, followup.due_on, followup.text) == (cast.priya, ours.check_back_on, ours.text)
    assert interaction.commitments.count() == 2


def test_a_day_that_has_not_come_is_refused_and_can_be_planned(cast: Cast):
    entry = entry_by(cast.dana, [alma_reyes()], occurred_on=date(2027, 2, 10))

    with pytest.raises(InTheFuture):
        contacts.log(by=cast.dana, entry=entry, form_key=uuid4(), now=timezone.now())

    planned, _ = contacts.plan(by=cast.dana, entry=entry, form_key=uuid4(), now=timezone.now())
    assert planned.state == State.PLANNED
    assert not planned.followups.exists()


def test_today_is_the_day_where_it_happened(cast: Cast, clock):
    clock.move_to("2027-02-10T08:30:00Z")  # still 9 February in Honolulu, 10 February in Chicago
    entry = entry_by(cast.dana, [alma_reyes()], occurred_on=date(2027, 2, 10), zone="Pacific/Honolulu")

    with pytest.raises(InTheFuture):
        contacts.log(by=cast.dana, entry=entry, form_key=uuid4(), now=timezone.now())


def test_nobody_logs_for_a_chapter_they_do_not_serve(cast: Cast):
    entry = entry_by(cast.dana, [alma_reyes()], chapter=cast.saint_laurent)

    with pytest.raises(NotAllowedToLogHere):
        contacts.log(by=cast.dana, entry=entry, form_key=uuid4(), now=timezone.now())


def test_joining_credits_both_chapters_and_keeps_one_record(cast: Cast):
    interaction = logged(cast.dana, [alma_reyes()])

    assert contacts.join(by=cast.luis, interaction=interaction, chapter=cast.hill_country)
    assert not contacts.join(by=cast.luis, interaction=interaction, chapter=cast.hill_country)

    assert [str(credit) for credit in interaction.credits.all()] == ["Gulf Prairie", "Hill Country"]
    assert [str(one) for one in interaction.participants.all()] == ["Dana Whitfield", "Luis Ortega"]
    assert Interaction.objects.meaningful().count() == 1


def test_a_restricted_record_cannot_be_joined(cast: Cast):
    interaction = logged(cast.dana, [alma_reyes()], confidentiality=Confidentiality.RESTRICTED)

    with pytest.raises(CannotJoinRestricted):
        contacts.join(by=cast.luis, interaction=interaction, chapter=cast.hill_country)


def test_two_people_editing_one_record_never_overwrite_each_other_silently(cast: Cast):
    reyes = alma_reyes()
    interaction = logged(cast.dana, [reyes])
    opened = interaction.version
    contacts.edit(
        by=cast.dana,
        interaction=interaction,
        entry=entry_by(cast.dana, [reyes], summary="Dana's words"),
        version=opened,
        now=timezone.now(),
    )

    with pytest.raises(ChangedMeanwhile):
        contacts.edit(
            by=advocate_of(cast.gulf_prairie),
            interaction=Interaction.objects.get(pk=interaction.pk),
            entry=entry_by(cast.dana, [reyes], summary="Other words"),
            version=opened,
            now=timezone.now(),
        )

    interaction.refresh_from_db()
    assert interaction.summary == "Dana's words"


def test_a_colleagues_record_is_changed_by_advocates_of_the_chapter_only(cast: Cast):
    reyes = alma_reyes()
    interaction = logged(cast.dana, [reyes])

    for person in (cast.priya, cast.luis, cast.chris, cast.angela):
        with pytest.raises(NotAllowedToChange):
            contacts.delete(by=person, interaction=interaction, reason="Mine now", now=timezone.now())
        with pytest.raises(NotAllowedToChange):
            contacts.edit(
                by=person,
                interaction=interaction,
                entry=entry_by(cast.dana, [reyes]),
                version=interaction.version,
                now=timezone.now(),
            )


def test_saving_over_a_deleted_record_says_so(cast: Cast):
    reyes = alma_reyes()
    interaction = logged(cast.dana, [reyes])
    open_in_another_tab = Interaction.objects.get(pk=interaction.pk)
    contacts.delete(by=cast.dana, interaction=interaction, reason="Twice", now=timezone.now())

    with pytest.raises(AlreadyDeleted):
        contacts.edit(
            by=cast.dana,
            interaction=open_in_another_tab,
            entry=entry_by(cast.dana, [reyes]),
            version=1,
            now=timezone.now(),
        )


def test_correcting_the_date_finds_the_seat_of_that_day(cast: Cast):
    old_seat = seat_in(state("tx", "Texas"), "13", "upper")
    dell = official_in(old_seat, "Omar Dell", date(2023, 1, 10), date(2027, 1, 12))
    new_seat = seat_in(state("tx", "Texas"), "1", "executive")
    Tenure.objects.create(official=dell, seat=new_seat, starts_on=date(2027, 1, 12))
    interaction = logged(cast.dana, [dell])

    contacts.edit(
        by=cast.dana,
        interaction=interaction,
        entry=entry_by(cast.dana, [dell], occurred_on=date(2027, 1, 5)),
        version=interaction.version,
        now=timezone.now(),
    )

    assert interaction.offices.get().seat == old_seat


def test_history_says_who_changed_what_from_what_to_what(cast: Cast):
    reyes, tran = alma_reyes(), official_in(seat_in(state("tx", "Texas"), "15", "upper"), "Joel Tran")
    interaction = logged(cast.dana, [reyes], summary="Before")

    contacts.edit(
        by=cast.dana,
        interaction=interaction,
        entry=entry_by(cast.dana, [reyes, tran], summary="After"),
        version=interaction.version,
        now=timezone.now(),
    )

    entry = AuditEntry.objects.filter(verb="edited").get()
    assert entry.actor == cast.dana
    assert entry.changes["summary"] == ["Before", "After"]
    assert entry.changes["offices"] == [["Alma Reyes"], ["Alma Reyes", "Joel Tran"]]


def test_the_trail_of_impressions_is_kept_apart_from_the_trail_of_facts(cast: Cast):
    interaction = logged(cast.dana, [alma_reyes()], impressions="Nervous about the vote")

    facts = AuditEntry.objects.about(interaction)
    assert not [entry for entry in facts if "Nervous" in str(entry.changes)]
    assert (
        AuditEntry.objects.about(interaction.impression).get().changes["text"][1] == "Nervous about the vote"
    )


def test_a_deleted_record_leaves_the_log_and_comes_back_whole(cast: Cast):
    interaction = logged(cast.dana, [alma_reyes()])

    contacts.delete(by=cast.dana, interaction=interaction, reason="Wrong office", now=timezone.now())
    interaction.refresh_from_db()
    while_gone = (
        Interaction.objects.visible_to(cast.dana).count(),
        FollowUp.objects.visible_to(cast.dana).count(),
    )
    contacts.restore(by=cast.dana, interaction=interaction)

    assert while_gone == (0, 0)
    assert list(Interaction.objects.visible_to(cast.dana)) == [interaction]
    assert FollowUp.objects.visible_to(cast.dana).count() == 1


def test_a_draft_is_seen_by_its_author_only_until_it_is_logged(cast: Cast):
    entry = entry_by(cast.dana, [alma_reyes()], summary="", discussed_specific_legislation=None)
    draft, _ = contacts.save_draft(by=cast.dana, entry=entry, form_key=uuid4(), now=timezone.now())

    assert list(Interaction.objects.drafts_of(cast.dana)) == [draft]
    for person in (cast.dana, cast.priya, cast.jordan):
        assert not Interaction.objects.visible_to(person).exists()
    assert not Interaction.objects.drafts_of(cast.jordan).exists()

    finished = replace(
        entry, facts=replace(entry.facts, summary="Now complete", discussed_specific_legislation=False)
    )
    contacts.edit(
        by=cast.dana,
        interaction=draft,
        entry=finished,
        version=draft.version,
        now=timezone.now(),
        state=State.LOGGED,
    )
    assert list(Interaction.objects.visible_to(cast.dana)) == [draft]
    assert draft.followups.count() == 1


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({}, True),
        ({"kind": Kind.EMAIL_EXCHANGE}, False),
        ({"kind": Kind.EMAIL_EXCHANGE, "replied_on": date(2027, 2, 9)}, True),
        ({"kind": Kind.PHONE_CALL, "was_voicemail_only": True}, False),
        ({"purpose": "scheduling"}, False),
        ({"kind": Kind.HEARING_TESTIMONY}, True),
        ({"kind": Kind.HEARING_ATTENDED}, False),
        ({"met": []}, False),
    ],
)
def test_only_two_way_contacts_with_somebody_named_are_meaningful(cast: Cast, facts, counts):
    interaction = logged(cast.dana, [alma_reyes()], **facts)

    assert Interaction.objects.meaningful().filter(pk=interaction.pk).exists() is counts
