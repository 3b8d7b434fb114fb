"""A person is forgotten everywhere in one act: no table names them any more, and what was counted stays counted."""

from datetime import date

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from advocacy.coalitions.actions import grasstops, touches
from advocacy.coalitions.models import Grasstops, OrganisationContact
from advocacy.events import attendee_mail, links
from advocacy.events.actions import check_in, registrations
from advocacy.events.models import Registration, TeamMember
from advocacy.interactions.models import Participant
from advocacy.outbox.models import OutboundMessage
from campaigns.models import Contact
from members import erasing
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.advocacy_days import coming, day_of, meets, team
from tests.factories.contacts import ContactFactory
from tests.factories.letters import answered, asked_by, letter_of, partner, signed
from tests.factories.log import alma_reyes, logged
from tests.factories.partners import reaches, touched
from tests.factories.research import conversation, quote

ADDRESS = "zoe.quark@example.org"


def where_named(*words: str) -> dict[str, str]:
    """Every table that holds one of these words, with the row: what a reader of a dump would find."""
    rows = (
        (model._meta.label, str(row)) for model in apps.get_models() for row in model._base_manager.values()
    )
    return {label: row for label, row in rows if any(word in row.lower() for word in words)}


def zoe_at_the_clinic() -> OrganisationContact:
    contact = partner("Clinic", email=ADDRESS, role="Quark officer")
    contact.name = "Zoe Quark"
    contact.save()
    return contact


@pytest.fixture
def known_everywhere(cast: Cast) -> Registration:
    """Zoe Quark: a contact for campaigns, who came to last week's day, works at a partner, and is quoted."""
    ContactFactory(full_name="Zoe Quark", email=ADDRESS)
    event = day_of(cast, "published", held_on=date(2027, 2, 2), edition=1, published_at=NOW)
    row = coming(event, "Zoe Quark", access_needs="Quark ramp", told={"team": "Quark"})
    check_in.check_in(row, by=cast.priya, now=NOW)
    first = team(event, row)
    reyes = alma_reyes()
    report = logged(cast.dana, [reyes])
    Participant.objects.create(interaction=report, guest_name="Zoe Quark")
    meets(event, reyes, team=first, interaction=report, status="held", debriefed_at=NOW)
    at_partner = zoe_at_the_clinic()
    row_of_theirs = Grasstops(
        contact=at_partner, chapter=cast.gulf_prairie, starts_on=TODAY, notes="Quark knows."
    )
    contact = grasstops.keep(row_of_theirs, by=cast.dana)
    reaches(contact, reyes)
    touched(contact, by=cast.dana, summary="Quark spoke.")
    touches.note_presence(report, by=cast.dana, organisation=at_partner.organisation, contact=at_partner)
    quote(
        conversation(cast), "It helps.", "named", speaker_name="Zoé Quark", consent_reference="Folder Quark"
    )
    return row


def test_staff_read_what_goes_and_then_no_table_names_the_person(cast: Cast, known_everywhere: Registration):
    row, staff = known_everywhere, browser_of(cast.jordan)
    path = reverse("admin:events_registration_changelist")
    asked = {"action": "forget", "_selected_action": [row.pk]}

    page = staff.post(path, asked).content.decode()
    before = where_named("quark")
    staff.post(path, asked | {"confirmed": "yes"})

    for line in ("1 contact for campaigns", "1 registration for an", "1 record of somebody", "1 quote under"):
        assert line in page
    assert "events.Registration" in before
    assert where_named("quark") == {}
    assert erasing.kept_of(ADDRESS, by=cast.jordan) == []


def test_what_was_counted_stays_counted(cast: Cast, known_everywhere: Registration):
    erasing.forget(ADDRESS, by=cast.jordan, now=NOW)

    known_everywhere.refresh_from_db()
    assert known_everywhere.checked_in_at == NOW
    assert TeamMember.objects.get().is_captain is False
    assert [one.guest_name for one in Participant.objects.filter(person=None)] == ["–"]
    known = Grasstops.objects.get()
    assert (str(known), known.touches.count(), known.influences.count()) == ("Forgotten", 1, 0)
    assert known.ends_on is not None


def test_by_the_link_of_a_mail_everything_at_the_address_goes_and_nothing_by_the_name_alone(
    cast: Cast, known_everywhere: Registration
):
    visitor, path = Client(), links.path_of(known_everywhere)

    page = visitor.get(path).content.decode()
    visitor.post(path, {"forget": "1"})

    assert "1 contact for campaigns" in page
    assert "quote" not in page
    assert Contact.objects.get().is_erased
    assert OrganisationContact.objects.get().is_forgotten
    assert set(where_named("quark")) == {"research.Quote"}


def test_only_staff_forget_everywhere_and_who_runs_the_day_forgets_the_registration(
    cast: Cast, known_everywhere: Registration
):
    with pytest.raises(erasing.MayNotForget):
        erasing.forget(ADDRESS, by=cast.priya, now=NOW)

    browser_of(cast.priya).post(reverse("events:person_edit", args=[known_everywhere.pk]), {"act": "erase"})

    known_everywhere.refresh_from_db()
    assert known_everywhere.is_forgotten
    assert Contact.objects.get().full_name == "Zoe Quark"


def test_before_the_day_nobody_is_told_the_name_and_the_mail_about_it_is_emptied(cast: Cast):
    event = day_of(cast)
    row = coming(event, "Zoe Quark")
    team(event, row)
    attendee_mail.confirm(row, now=NOW)

    registrations.erase(row, by=cast.priya, now=NOW)

    (left,) = OutboundMessage.objects.filter(kind="events.left")
    assert "Somebody who asked to be forgotten" in left.subject
    assert not TeamMember.objects.exists()
    assert where_named("quark") == {}


def test_somebody_at_a_partner_is_forgotten_with_their_signature_and_gets_no_reminder(cast: Cast):
    letter = signed(letter_of(cast), cast.jordan)
    invitation = asked_by(letter, zoe_at_the_clinic())
    answered(invitation, approver_name="Zoe Quark", signed_as="The clinic")

    staff = browser_of(cast.jordan)
    path = reverse("admin:coalitions_organisationcontact_changelist")
    chosen = {"action": "forget", "confirmed": "yes", "_selected_action": [invitation.contact_id]}
    staff.post(path, chosen)

    invitation.refresh_from_db()
    assert (invitation.signed_as, invitation.approver_name) == ("The clinic", "–")
    assert where_named("zoe quark", "zoe.quark") == {}
