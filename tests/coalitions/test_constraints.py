"""Each rule of the tables of partners and sign-on letters, broken once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from advocacy.coalitions.models import (
    Coalition,
    CoalitionMember,
    Grasstops,
    Influence,
    Organisation,
    OrganisationContact,
    PartnerPosition,
    Presence,
    SignOnInvitation,
    SignOnLetter,
    Touch,
)
from tests.cast import NOW, TODAY, Cast
from tests.factories.letters import (
    DEADLINE,
    SOFT_DEADLINE,
    OrganisationFactory,
    asked_by,
    letter_of,
    partner,
    signed,
)
from tests.factories.log import alma_reyes, logged
from tests.factories.measures import measure
from tests.factories.partners import coalition_of, grasstop

DAY = timedelta(days=1)
LATE = DEADLINE + timedelta(seconds=1)
Broken = Callable[[Cast], models.Model]


def _letter(cast: Cast, **fields: Any) -> SignOnLetter:
    known: dict[str, Any] = {
        "title": "Telehealth", "text": "Extend it.", "chapter": cast.gulf_prairie, "owner": cast.dana,
        "brought_in_by": cast.dana, "received_on": TODAY, "soft_deadline_at": SOFT_DEADLINE,
        "hard_deadline_at": DEADLINE,
    }  # fmt: skip
    return SignOnLetter(**(known | fields))


def _decided(cast: Cast, **fields: Any) -> SignOnLetter:
    known = {"decision": "sign", "signed_as": "Gulf", "decided_by": cast.chris, "decided_at": NOW}
    return _letter(cast, **(known | fields))


def _invitation(cast: Cast, **fields: Any) -> SignOnInvitation:
    letter = SignOnLetter.objects.first() or signed(letter_of(cast), cast.chris)
    contact = partner(f"Partner {Organisation.objects.count()}")
    known: dict[str, Any] = {
        "letter": letter, "organisation": contact.organisation, "contact": contact, "invited_at": NOW,
        "invited_by": cast.dana, "closes_at": DEADLINE,
    }  # fmt: skip
    return SignOnInvitation(**(known | fields))


def _signature(cast: Cast, **fields: Any) -> SignOnInvitation:
    known = {
        "answer": "sign",
        "signed_as": "P",
        "approver_name": "Kim",
        "approver_title": "Chair",
        "answered_at": NOW,
    }
    return _invitation(cast, **(known | fields))


def _second_invitation(cast: Cast) -> SignOnInvitation:
    first = asked_by(signed(letter_of(cast), cast.chris), partner("Harbor Patients"))
    return _invitation(cast, letter=first.letter, organisation=first.organisation)


def _second_organisation(cast: Cast) -> Organisation:
    OrganisationFactory(name="Harbor Patients")
    return Organisation(name="HARBOR patients", kind="hie")


def _second_address(cast: Cast) -> OrganisationContact:
    first = partner("Harbor Patients")
    return OrganisationContact(organisation=first.organisation, name="Lee", email=first.email.upper())


def _coalition(cast: Cast, **fields: Any) -> Coalition:
    known: dict[str, Any] = {"name": "Alliance", "joined_on": TODAY, "role": "lead"}
    return Coalition(**(known | fields))


def _member(cast: Cast, **fields: Any) -> CoalitionMember:
    known: dict[str, Any] = {"coalition": coalition_of(cast), "organisation": OrganisationFactory()}
    return CoalitionMember(**(known | fields))


def _second_member(cast: Cast) -> CoalitionMember:
    first = _member(cast)
    first.save()
    return CoalitionMember(coalition=first.coalition, organisation=first.organisation)


def _said(cast: Cast, **fields: Any) -> PartnerPosition:
    known: dict[str, Any] = {
        "organisation": OrganisationFactory(), "measure": measure("HB 2"), "position": "support", "said_on": TODAY,
        "source": "A letter",
    }  # fmt: skip
    return PartnerPosition(**(known | fields))


def _said_twice(cast: Cast, **holder: Any) -> PartnerPosition:
    first = _said(cast, **holder)
    first.save()
    first.pk = None
    return first


def _grasstop(cast: Cast, **fields: Any) -> Grasstops:
    known: dict[str, Any] = {
        "contact": partner("Harbor Patients"), "chapter": cast.gulf_prairie, "added_by": cast.dana, "starts_on": TODAY,
    }  # fmt: skip
    return Grasstops(**(known | fields))


def _reached(cast: Cast, **fields: Any) -> Influence:
    known: dict[str, Any] = {
        "grasstops": grasstop(cast), "official": alma_reyes(), "basis": "school", "strength": 3, "said_on": TODAY,
    }  # fmt: skip
    return Influence(**(known | fields))


def _reached_twice(cast: Cast) -> Influence:
    first = _reached(cast)
    first.save()
    return Influence(
        grasstops=first.grasstops, official=first.official, basis="school", strength=3, said_on=TODAY
    )


def _touch(cast: Cast, **fields: Any) -> Touch:
    known: dict[str, Any] = {
        "coalition": coalition_of(cast), "chapter": cast.gulf_prairie, "kind": "call", "occurred_on": TODAY,
        "logged_by": cast.dana,
    }  # fmt: skip
    return Touch(**(known | fields))


def _there_twice(cast: Cast, *, with_person: bool) -> Presence:
    person = partner("Harbor Patients")
    known = {"interaction": logged(cast.dana, [alma_reyes()]), "organisation": person.organisation}
    known |= {"contact": person} if with_person else {}
    Presence.objects.create(**known)
    return Presence(**known)


BROKEN: list[tuple[str, Broken]] = [
    ("coalitions_organisation_name_is_unique_in_any_case", _second_organisation),
    ("coalitions_organisation_has_a_known_kind_and_status", lambda cast: Organisation(name="X", kind="club")),
    (
        "coalitions_organisation_has_a_known_kind_and_status",
        lambda cast: Organisation(name="X", kind="hie", status="gone"),
    ),
    ("coalitions_contact_address_once_per_organisation", _second_address),
    (
        "coalitions_contact_has_a_known_language",
        lambda cast: OrganisationContact(organisation=OrganisationFactory(), name="Lee", language="de"),
    ),
    ("coalitions_letter_has_a_known_decision_and_status", lambda cast: _letter(cast, status="lost")),
    ("coalitions_letter_has_a_known_decision_and_status", lambda cast: _decided(cast, decision="maybe")),
    ("coalitions_letter_has_a_text", lambda cast: _letter(cast, text="")),
    (
        "coalitions_letter_soft_deadline_is_not_after_the_hard_one",
        lambda cast: _letter(cast, soft_deadline_at=LATE),
    ),
    ("coalitions_letter_decision_by_and_at_go_together", lambda cast: _decided(cast, decided_at=None)),
    ("coalitions_letter_decision_by_and_at_go_together", lambda cast: _decided(cast, decision="")),
    ("coalitions_letter_is_decided_by_somebody_else", lambda cast: _decided(cast, decided_by=cast.dana)),
    ("coalitions_letter_no_and_changes_have_a_reason", lambda cast: _decided(cast, decision="decline")),
    ("coalitions_letter_no_and_changes_have_a_reason", lambda cast: _decided(cast, decision="changes")),
    ("coalitions_letter_is_signed_under_a_name", lambda cast: _decided(cast, signed_as="")),
    (
        "coalitions_letter_on_a_measure_is_signed_under_a_position",
        lambda cast: _decided(cast, measure=measure("HB 1")),
    ),
    (
        "coalitions_letter_is_decided_in_time_or_late_with_a_reason",
        lambda cast: _decided(cast, decided_at=LATE),
    ),
    (
        "coalitions_letter_sent_on_and_count_go_together",
        lambda cast: _letter(cast, status="sent", sent_on=TODAY),
    ),
    ("coalitions_letter_is_sent_on_a_day", lambda cast: _letter(cast, status="sent")),
    ("coalitions_letter_is_sent_on_a_day", lambda cast: _letter(cast, sent_on=TODAY, final_count=3)),
    ("coalitions_letter_is_closed_with_an_outcome", lambda cast: _letter(cast, status="closed")),
    ("coalitions_invitation_once_per_letter_and_organisation", _second_invitation),
    (
        "coalitions_invitation_answer_and_its_moment_go_together",
        lambda cast: _signature(cast, answered_at=None),
    ),
    (
        "coalitions_invitation_answer_and_its_moment_go_together",
        lambda cast: _signature(cast, answer="maybe"),
    ),
    (
        "coalitions_invitation_no_and_changes_have_a_reason",
        lambda cast: _signature(cast, answer="decline"),
    ),
    (
        "coalitions_invitation_signature_names_its_approver",
        lambda cast: _signature(cast, approver_title=""),
    ),
    (
        "coalitions_invitation_is_answered_in_time_or_late_with_a_reason",
        lambda cast: _signature(cast, answered_at=LATE),
    ),
    (
        "coalitions_invitation_late_answer_is_added_by_somebody",
        lambda cast: _signature(cast, late_reason="By phone."),
    ),
    (
        "coalitions_coalition_name_is_unique_in_any_case",
        lambda cast: _coalition(cast, name=coalition_of(cast).name.upper()),
    ),
    ("coalitions_coalition_has_a_known_role_of_ours", lambda cast: _coalition(cast, role="guest")),
    ("coalitions_coalition_is_led_by_us_or_by_a_partner", lambda cast: _coalition(cast, role="member")),
    (
        "coalitions_coalition_is_led_by_us_or_by_a_partner",
        lambda cast: _coalition(cast, lead=OrganisationFactory()),
    ),
    ("coalitions_coalition_ends_after_we_joined", lambda cast: _coalition(cast, ends_on=TODAY - DAY)),
    ("coalitions_member_once_at_a_time", _second_member),
    (
        "coalitions_member_leaves_after_it_joined",
        lambda cast: _member(cast, starts_on=TODAY, ends_on=TODAY - DAY),
    ),
    ("coalitions_partnerposition_has_one_holder", lambda cast: _said(cast, organisation=None)),
    ("coalitions_partnerposition_has_one_holder", lambda cast: _said(cast, coalition=coalition_of(cast))),
    ("coalitions_partnerposition_is_a_known_one", lambda cast: _said(cast, position="maybe")),
    ("coalitions_partnerposition_of_an_organisation_once_a_day", _said_twice),
    (
        "coalitions_partnerposition_of_a_coalition_once_a_day",
        lambda cast: _said_twice(cast, organisation=None, coalition=coalition_of(cast)),
    ),
    (
        "coalitions_grasstops_once_per_chapter",
        lambda cast: _grasstop(cast, contact=grasstop(cast).contact),
    ),
    ("coalitions_grasstops_has_a_known_level", lambda cast: _grasstop(cast, confidentiality="open")),
    ("coalitions_grasstops_is_scored_from_one_to_five", lambda cast: _grasstop(cast, willingness=6)),
    ("coalitions_grasstops_is_scored_from_one_to_five", lambda cast: _grasstop(cast, influence=0)),
    ("coalitions_grasstops_ends_after_it_starts", lambda cast: _grasstop(cast, ends_on=TODAY - DAY)),
    ("coalitions_influence_once_per_official", _reached_twice),
    ("coalitions_influence_strength_is_one_to_five", lambda cast: _reached(cast, strength=6)),
    ("coalitions_influence_has_a_known_basis", lambda cast: _reached(cast, basis="donor")),
    ("coalitions_touch_is_with_one_partner", lambda cast: _touch(cast, coalition=None)),
    ("coalitions_touch_is_with_one_partner", lambda cast: _touch(cast, organisation=OrganisationFactory())),
    ("coalitions_touch_has_a_known_kind_and_level", lambda cast: _touch(cast, kind="lunch")),
    ("coalitions_touch_has_a_known_kind_and_level", lambda cast: _touch(cast, confidentiality="open")),
    ("coalitions_presence_of_an_organisation_once", lambda cast: _there_twice(cast, with_person=False)),
    ("coalitions_presence_of_a_person_once", lambda cast: _there_twice(cast, with_person=True)),
]


@pytest.mark.parametrize(("name", "broken"), BROKEN)
def test_the_database_refuses_it(cast: Cast, name: str, broken: Broken):
    row = broken(cast)

    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        row.save()

    assert name in str(problem.value) or "UNIQUE constraint failed" in str(problem.value)


@pytest.mark.parametrize(("name", "broken"), BROKEN)
def test_people_are_told_what_is_wrong(cast: Cast, name: str, broken: Broken):
    row = broken(cast)
    (rule,) = [rule for rule in row._meta.constraints if rule.name == name]

    with pytest.raises(ValidationError) as problem:
        row.validate_constraints()

    assert str(rule.violation_error_message) in problem.value.messages


def test_each_rule_is_broken_here():
    ours = [model for model in apps.get_models() if model._meta.app_label == "coalitions"]
    rules = {rule.name for model in ours for rule in model._meta.constraints}

    assert {name for name, _broken in BROKEN} == rules
