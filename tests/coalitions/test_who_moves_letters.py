"""Who may move a sign-on letter on, and what each move asks for."""

from datetime import timedelta
from typing import Any

import pytest

from advocacy.coalitions import errors
from advocacy.coalitions.actions import invitations, letters, organisations
from advocacy.coalitions.models import OrganisationContact, SignOnLetter
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

DAY = timedelta(days=1)
SENT = {"now": DEADLINE + DAY, "sent_on": TODAY}


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (letters.change, {"now": NOW, "officials": [], "title": "Other"}),
        (letters.lock, {}),
        (letters.send, SENT),
        (letters.close, {"outcome": "Extended."}),
        (invitations.invite, {"now": NOW, "contacts": []}),
    ],
)
def test_an_advocate_of_another_chapter_moves_nothing(cast: Cast, move: Any, said: dict[str, Any]):
    letter = signed(letter_of(cast), cast.chris)

    with pytest.raises(errors.MayNotWrite):
        move(letter, by=cast.luis, **said)

    assert SignOnLetter.objects.values_list("title", "status").get() == ("Keep telehealth open", "open")


def test_the_societys_letter_is_moved_by_the_lead_and_by_no_advocate(cast: Cast):
    letter = letter_of(cast, by=cast.angela, chapter=None)

    with pytest.raises(errors.MayNotWrite):
        letters.lock(letter, by=cast.dana)
    letters.lock(letter, by=cast.angela)

    assert SignOnLetter.objects.get().status == "locked"


def test_a_letter_is_not_handed_to_a_chapter_that_one_does_not_write_for(cast: Cast):
    letter = letter_of(cast)

    with pytest.raises(errors.MayNotWrite):
        letters.change(letter, by=cast.dana, now=NOW, officials=[], chapter=cast.hill_country)

    assert SignOnLetter.objects.get().chapter == cast.gulf_prairie


def test_nobody_is_invited_to_a_letter_that_is_locked(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    letters.lock(letter, by=cast.dana)

    with pytest.raises(errors.Locked):
        asked_by(letter, partner("Harbor Patients"))


def test_of_an_organisation_one_is_invited_and_nobody_without_an_address(cast: Cast):
    letter, known = signed(letter_of(cast), cast.chris), partner("Harbor Patients")
    second = OrganisationContact.objects.create(
        organisation=known.organisation, name="Sky Ono", email="sky@example.org"
    )
    silent = OrganisationContact.objects.create(organisation=OrganisationFactory(), name="No Address")

    made = invitations.invite(letter, by=cast.dana, now=NOW, contacts=[silent, known, second])

    assert [one.contact for one in made] == [known]


def test_what_we_sign_no_longer_takes_no_answers(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    invitation = asked_by(letter, partner("Harbor Patients"))
    letters.decide(letter, by=cast.chris, now=NOW, decision="decline", reason="The text changed.")

    with pytest.raises(errors.Locked):
        answered(invitation)


def test_the_text_that_a_partner_signed_stays_as_it_is_though_we_decline_now(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    answered(asked_by(letter, partner("Harbor Patients")))
    letters.decide(letter, by=cast.chris, now=NOW, decision="decline", reason="The text changed.")

    with pytest.raises(errors.TextIsSigned):
        letters.change(letter, by=cast.dana, now=NOW, officials=[], text="Something else.")


def test_who_declines_stands_below_it_under_no_name(cast: Cast):
    invitation = asked_by(signed(letter_of(cast), cast.chris), partner("Harbor Patients"))
    answered(invitation)

    answered(invitation, "decline", signed_as="Harbor Patients", approver_name="Kim Ito")

    assert (invitation.answer, invitation.signed_as, invitation.approver_name) == ("decline", "", "")


def test_the_deadline_does_not_move_behind_our_own_decision(cast: Cast):
    letter = signed(letter_of(cast), cast.chris, now=DEADLINE - DAY)

    with pytest.raises(errors.DeadlineBeforeAnswers):
        letters.change(
            letter,
            by=cast.dana,
            now=DEADLINE - DAY,
            officials=[],
            soft_deadline_at=DEADLINE - 3 * DAY,
            hard_deadline_at=DEADLINE - 2 * DAY,
        )


def test_a_reason_for_being_late_is_kept_only_of_what_came_late(cast: Cast):
    letters.decide(
        letter_of(cast), by=cast.chris, now=NOW, decision="sign", signed_as="Gulf Prairie", late_reason="x"
    )

    assert SignOnLetter.objects.get().late_reason == ""


def test_a_letter_is_sent_once_and_closed_with_what_came_of_it(cast: Cast):
    letter = signed(letter_of(cast), cast.chris)
    asked_by(letter, partner("Harbor Patients"))
    letters.send(letter, by=cast.dana, **SENT)

    with pytest.raises(errors.WrongMoment):
        letters.send(letter, by=cast.dana, **SENT)
    with pytest.raises(errors.NeedsReason):
        letters.close(letter, by=cast.dana, outcome="  ")
    letters.close(letter, by=cast.dana, outcome="Extended for two years.")

    stored = SignOnLetter.objects.get()
    assert (stored.final_count, stored.status, stored.outcome) == (1, "closed", "Extended for two years.")
    with pytest.raises(errors.WrongMoment):
        letters.close(letter, by=cast.dana, outcome="Once more.")


@pytest.mark.parametrize("who", ["sam", "former"])
def test_who_does_not_work_with_partners_puts_nobody_on_record(cast: Cast, who: str):
    organisation = OrganisationFactory()
    person = OrganisationContact(organisation=organisation, name="Sky Ono", email="sky@example.org")

    with pytest.raises(errors.MayNotWrite):
        organisations.add_contact(person, by=getattr(cast, who))
    with pytest.raises(errors.MayNotWrite):
        organisations.keep(OrganisationFactory.build(name="Another"), by=getattr(cast, who))
