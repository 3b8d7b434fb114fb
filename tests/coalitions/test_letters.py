"""The life of a sign-on letter (DOMAIN.md W7, A13)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from advocacy.audit.models import Entry
from advocacy.coalitions import errors
from advocacy.coalitions.actions import invitations, letters
from advocacy.coalitions.actions.invitations import Answered
from advocacy.coalitions.models import LetterStatus, SignOnLetter
from advocacy.coalitions.signatories import signatories
from advocacy.positions.errors import NotUsable
from advocacy.positions.models import Standpoint
from tests.cast import NOW, TODAY, Cast
from tests.factories.letters import (
    DEADLINE,
    OrganisationFactory,
    answered,
    asked_by,
    letter_of,
    partner,
    signed,
)
from tests.factories.measures import measure, took
from tests.factories.people import ChapterFactory, advocate_of, covers, state

SECOND = timedelta(seconds=1)


def stored(letter: SignOnLetter) -> SignOnLetter:
    return SignOnLetter.objects.get(pk=letter.pk)


def visible_to(user: object) -> set[str]:
    return {letter.title for letter in SignOnLetter.objects.visible_to(user)}  # type: ignore[arg-type]  # our people


def test_five_in_the_afternoon_in_new_york_is_two_in_los_angeles(cast: Cast):
    letter = letter_of(cast)

    assert letter.hard_deadline_for("America/Los_Angeles") == (
        "Friday Feb. 19, 2027, 14:00 your time (Friday Feb. 19, 2027, 17:00, New York time)"
    )
    # British Columbia does not put its clocks back any more.
    assert letter.hard_deadline_for("America/Vancouver").startswith("Friday Feb. 19, 2027, 15:00 your time")
    assert letter.hard_deadline_for("America/Toronto") == "Friday Feb. 19, 2027, 17:00"


def test_who_brought_a_letter_in_does_not_decide_about_it(cast: Cast):
    letter = letter_of(cast)

    with pytest.raises(errors.MayNotDecide):
        signed(letter, cast.dana)
    signed(letter, cast.chris)

    assert (stored(letter).decision, stored(letter).decided_by) == ("sign", cast.chris)


@pytest.mark.parametrize("who", ["priya", "sam", "luis", "tom", "angela"])
def test_a_chapters_letter_is_decided_by_its_advocates_and_its_president(cast: Cast, who: str):
    with pytest.raises(errors.MayNotDecide):
        signed(letter_of(cast), getattr(cast, who))


def test_the_societys_letter_is_decided_by_the_lead_or_staff(cast: Cast):
    letter = letter_of(cast, by=cast.jordan, chapter=None)

    assert not SignOnLetter.objects.decidable_by(cast.jordan).exists()
    with pytest.raises(errors.MayNotDecide):
        signed(letter, cast.dana)
    assert signed(letter, cast.angela).decided_by == cast.angela


def test_only_the_lead_and_staff_bring_one_in_for_the_society(cast: Cast):
    with pytest.raises(errors.MayNotWrite):
        letter_of(cast, chapter=None)
    with pytest.raises(errors.MayNotWrite):
        letter_of(cast, chapter=cast.hill_country)


@pytest.mark.parametrize("decision", ["decline", "changes"])
def test_no_and_a_wish_for_changes_need_a_reason(cast: Cast, decision: str):
    letter = letter_of(cast)
    with pytest.raises(errors.NeedsReason):
        letters.decide(letter, by=cast.chris, now=NOW, decision=decision, reason="  ")

    letters.decide(letter, by=cast.chris, now=NOW, decision=decision, reason="Too broad.")

    assert (stored(letter).decision, stored(letter).reason) == (decision, "Too broad.")


def test_we_sign_under_a_name(cast: Cast):
    with pytest.raises(errors.NeedsName):
        letters.decide(letter_of(cast), by=cast.chris, now=NOW, decision="sign", signed_as=" ")


def test_nothing_on_a_measure_is_signed_without_an_approved_position(cast: Cast):
    bill = measure("HB 210")
    letter = letter_of(cast, measure=bill)
    with pytest.raises(NotUsable):
        signed(letter, cast.chris)
    letters.decide(letter, by=cast.chris, now=NOW, decision="decline", reason="No position.")

    position = took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    signed(letter, cast.chris)

    assert stored(letter).position == position


def test_the_last_moment_before_the_deadline_counts_and_the_next_does_not(cast: Cast):
    in_time, late = letter_of(cast), letter_of(cast, title="Late")
    signed(in_time, cast.chris, now=DEADLINE)

    with pytest.raises(errors.Locked):
        signed(late, cast.chris, now=DEADLINE + SECOND)
    with pytest.raises(errors.Locked):
        letters.decide(in_time, by=cast.chris, now=DEADLINE + SECOND, decision="decline", reason="No.")

    assert (stored(in_time).decision, stored(late).decision) == ("sign", "")


def test_staff_add_what_came_late_and_the_reason_is_kept(cast: Cast):
    letter = letter_of(cast)
    late = {"by": cast.jordan, "now": DEADLINE + SECOND, "decision": "sign", "signed_as": "Gulf Prairie"}
    with pytest.raises(errors.NeedsReason):
        letters.decide(letter, **late)

    letters.decide(letter, **late, late_reason="The lead waited for us.")

    assert (stored(letter).decision, stored(letter).late_reason) == ("sign", "The lead waited for us.")


def test_others_are_invited_only_to_what_we_signed_ourselves(cast: Cast):
    letter, contact = letter_of(cast), partner("Harbor Patients")
    with pytest.raises(errors.NotSignedByUs):
        asked_by(letter, contact)

    invitation = asked_by(signed(letter, cast.chris), contact)

    assert (invitation.organisation, invitation.closes_at) == (contact.organisation, DEADLINE)


def test_a_letter_that_a_partner_leads_is_theirs_to_invite_to(cast: Cast):
    letter = signed(letter_of(cast, lead=OrganisationFactory(name="Gulf Hospitals")), cast.chris)

    with pytest.raises(errors.NotOurLetter):
        asked_by(letter, partner("Harbor Patients"))


def test_an_organisation_is_invited_once(cast: Cast):
    letter, contact = signed(letter_of(cast), cast.chris), partner("Harbor Patients")
    asked_by(letter, contact)

    assert invitations.invite(letter, by=cast.dana, now=NOW, contacts=[contact]) == []
    assert letter.invitations.count() == 1


def test_a_partner_may_change_its_answer_until_the_deadline(cast: Cast):
    invitation = asked_by(signed(letter_of(cast), cast.chris), partner("Harbor Patients"))
    answered(invitation, "changes", reason="Name rural clinics.")
    answered(invitation, now=DEADLINE)

    with pytest.raises(errors.Locked):
        answered(invitation, "decline", now=DEADLINE + SECOND)

    invitation.refresh_from_db()
    assert (invitation.answer, invitation.signed_as, invitation.reason) == ("sign", "Harbor Patients", "")


def test_the_same_answer_again_changes_nothing(cast: Cast):
    invitation = asked_by(signed(letter_of(cast), cast.chris), partner("Harbor Patients"))

    assert [answered(invitation), answered(invitation, now=NOW + SECOND)] == [True, False]
    assert invitation.answered_at == NOW


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (Answered("decline"), errors.NeedsReason),
        (Answered("changes", reason=" "), errors.NeedsReason),
        (Answered("sign", signed_as="Harbor", approver_name="Kim"), errors.NeedsName),
    ],
)
def test_an_answer_is_complete(cast: Cast, said: Answered, problem: type[Exception]):
    invitation = asked_by(signed(letter_of(cast), cast.chris), partner("Harbor Patients"))

    with pytest.raises(problem):
        invitations.answer(invitation, now=NOW, said=said)


def test_only_staff_add_a_late_answer_and_never_once_the_letter_was_sent(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    invitation, said = (
        asked_by(letter, partner("Harbor Patients")),
        Answered("sign", "", "Harbor", "Kim", "Chair"),
    )
    late = {"now": DEADLINE + SECOND, "said": said, "late_reason": "By phone."}
    with pytest.raises(errors.MayNotWrite):
        invitations.add_late(invitation, by=cast.dana, **late)
    with pytest.raises(errors.NeedsReason):
        invitations.add_late(invitation, by=cast.jordan, **(late | {"late_reason": ""}))

    invitations.add_late(invitation, by=cast.jordan, **late)
    letters.send(letter, by=cast.dana, now=DEADLINE + SECOND, sent_on=TODAY)

    assert (invitation.late_by, stored(letter).final_count) == (cast.jordan, 2)
    with pytest.raises(errors.MayNotWrite):
        invitations.add_late(invitation, by=cast.jordan, **late)


def test_a_locked_letter_takes_no_answers(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    invitation = asked_by(letter, partner("Harbor Patients"))
    letters.lock(letter, by=cast.dana)

    with pytest.raises(errors.Locked):
        answered(invitation)
    with pytest.raises(errors.WrongMoment):
        letters.lock(letter, by=cast.dana)


def test_a_letter_is_sent_once_it_is_locked_and_counts_its_signatures(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    for name in ("Harbor Patients", "Élan Santé"):
        answered(asked_by(letter, partner(name)))
    answered(asked_by(letter, partner("No Way")), "decline")
    with pytest.raises(errors.WrongMoment):
        letters.send(letter, by=cast.dana, now=NOW, sent_on=TODAY)

    letters.send(letter, by=cast.dana, now=DEADLINE + SECOND, sent_on=TODAY)

    assert (stored(letter).status, stored(letter).final_count) == (LetterStatus.SENT, 3)


def test_a_letter_of_ours_that_nobody_approved_is_not_sent(cast: Cast):
    letter = letter_of(cast)
    letters.lock(letter, by=cast.dana)

    with pytest.raises(errors.NotSignedByUs):
        letters.send(letter, by=cast.dana, now=NOW, sent_on=TODAY)


def test_a_letter_is_not_sent_once_its_position_has_ended(cast: Cast):
    bill = measure("HB 210")
    position = took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    letter = signed(letter_of(cast, measure=bill), cast.chris)
    letters.lock(letter, by=cast.dana)
    type(position).objects.filter(pk=position.pk).update(ends_on=TODAY)

    with pytest.raises(NotUsable):
        letters.send(letter, by=cast.dana, now=NOW, sent_on=TODAY)


def test_the_partner_who_leads_a_letter_tells_how_many_signed(cast: Cast):
    letter = signed(letter_of(cast, lead=OrganisationFactory()), cast.chris)
    letters.lock(letter, by=cast.dana)

    letters.send(letter, by=cast.dana, now=NOW, sent_on=TODAY, final_count=340)
    letters.close(letter, by=cast.dana, outcome="Extended for two years.")

    assert (stored(letter).final_count, stored(letter).status) == (340, "closed")


def test_the_text_that_somebody_signed_does_not_change_but_the_deadline_may(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    invitation = asked_by(letter, partner("Harbor Patients"))
    later = DEADLINE + timedelta(days=3)
    with pytest.raises(errors.TextIsSigned):
        letters.change(letter, by=cast.dana, now=NOW, officials=[], text="Something else.")

    letters.change(letter, by=cast.dana, now=NOW, officials=[], hard_deadline_at=later)

    invitation.refresh_from_db()
    assert (stored(letter).text, invitation.closes_at) == ("We ask you to extend it.", later)


def test_the_deadline_does_not_move_behind_an_answer(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    answered(asked_by(letter, partner("Harbor Patients")), now=DEADLINE - SECOND)
    earlier = DEADLINE - timedelta(days=2)

    with pytest.raises(errors.DeadlineBeforeAnswers):
        letters.change(letter, by=cast.dana, now=DEADLINE - SECOND, officials=[], hard_deadline_at=earlier)


def test_after_the_deadline_nothing_of_it_changes(cast: Cast):
    letter = letter_of(cast)

    with pytest.raises(errors.Locked):
        letters.change(letter, by=cast.dana, now=DEADLINE + SECOND, officials=[], title="Other")


def test_signatories_stand_in_alphabetical_order_accents_where_people_look_for_them(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    for name in ("Zebra Health", "Elan Care", "Éclair Santé", "élite Clinics", "Harbor"):
        answered(asked_by(letter, partner(name)))

    assert [one.name for one in signatories(letter)] == [
        "Éclair Santé",
        "Elan Care",
        "élite Clinics",
        "Gulf Prairie Chapter",
        "Harbor",
        "Zebra Health",
    ]


def test_a_chapters_letter_is_read_by_the_chapter_and_its_state_team(cast: Cast):
    letter_of(cast)
    readers = {
        name: bool(visible_to(getattr(cast, name)))
        for name in ("dana", "priya", "chris", "tom", "luis", "angela", "jordan", "noor", "sam", "former")
    }

    assert [name for name, reads in readers.items() if not reads] == ["noor", "sam", "former"]


def test_the_societys_letter_is_read_by_everybody_who_works_with_partners(cast: Cast):
    letter_of(cast, by=cast.jordan, chapter=None)

    assert [bool(visible_to(person)) for person in (cast.noor, cast.elise, cast.sam, cast.former)] == [
        True,
        True,
        False,
        False,
    ]


def test_a_state_team_does_not_read_what_is_elsewhere_even_in_the_same_country(cast: Cast):
    letter_of(cast)
    ohio = ChapterFactory()
    covers(ohio, state("oh", "Ohio"))

    assert visible_to(advocate_of(ohio)) == set()


def test_whoever_did_what_is_in_the_trail(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    answered(asked_by(letter, partner("Harbor Patients")))
    letters.lock(letter, by=cast.dana)
    letters.send(letter, by=cast.dana, now=NOW, sent_on=date(2027, 2, 9))

    entries = Entry.objects.filter(model__startswith="coalitions.").order_by("pk")
    assert list(entries.values_list("verb", "actor__full_name")) == [
        ("added", "Dana Whitfield"),
        ("decided", "Chris Lang"),
        ("invited", "Dana Whitfield"),
        ("answered", None),
        ("locked", "Dana Whitfield"),
        ("sent", "Dana Whitfield"),
    ]


def test_an_open_letter_reads_as_locked_once_the_deadline_has_passed(cast: Cast):
    letter = letter_of(cast)
    shown = [letter.status_label(moment) for moment in (DEADLINE, DEADLINE + SECOND)]
    rows = SignOnLetter.objects

    assert shown == ["Open for signatures", "Locked"]
    assert [rows.shown_as("open", at).count() for at in (DEADLINE, DEADLINE + SECOND)] == [1, 0]
    assert [rows.shown_as("locked", at).count() for at in (DEADLINE, DEADLINE + SECOND)] == [0, 1]
    assert letter.is_over(datetime(2027, 2, 19, 22, 0, 1, tzinfo=UTC))
