"""Who may be asked, and on what ground: the ledger, roles, and the law of where people live."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st

from advocacy.outbox.models import MailPreference, Suppression, fingerprint_of
from campaigns.actions import consents
from campaigns.actions.consents import Evidence, NotYetSo
from campaigns.consent_state import ConsentState, Standing, states
from campaigns.consent_terms import MONTHS, expiry_of, months_after
from campaigns.models import Basis, Consent, ConsentSource, Contact, HowWithdrawn, Withdrawal
from members.models import Chapter
from tests.cast import NOW, TODAY, Cast
from tests.factories.contacts import ContactFactory, canadian, implied, listed, said_yes
from tests.factories.people import UserFactory, member_of
from tests.outbox.posting import ASK, now_of, posted

DAY = timedelta(days=1)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
BY_STAFF = Evidence(ConsentSource.STAFF)


def state_of(contact: Contact, chapter: Chapter | None = None) -> ConsentState:
    return states([contact], chapter, NOW)[contact.pk]


def standing(contact: Contact, chapter: Chapter | None = None) -> Standing:
    return state_of(contact, chapter).standing


@pytest.mark.parametrize(
    ("basis", "basis_on", "first_day_without"),
    [
        (Basis.MEMBERSHIP, date(2025, 2, 9), date(2027, 2, 9)),
        (Basis.VOLUNTEERING, date(2024, 2, 29), date(2026, 2, 28)),
        (Basis.DONATION, date(2026, 2, 28), date(2028, 2, 28)),
        (Basis.CUSTOMER, date(2026, 12, 31), date(2028, 12, 31)),
        (Basis.INQUIRY, date(2026, 8, 31), date(2027, 2, 28)),
        (Basis.INQUIRY, date(2027, 8, 31), date(2028, 2, 29)),
        (Basis.INQUIRY, date(2027, 8, 29), date(2028, 2, 29)),
    ],
)
def test_implied_consent_ends_after_whole_months(basis: str, basis_on: date, first_day_without: date):
    assert expiry_of(basis, basis_on) == first_day_without


@given(DAYS, st.sampled_from(sorted(set(MONTHS.values()))))
@example(date(2024, 2, 29), 24)
@example(date(2027, 8, 31), 6)
def test_months_end_on_the_same_day_or_on_the_last_of_a_short_month(day: date, months: int):
    later = months_after(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)


@given(DAYS, DAYS, st.sampled_from(Basis.values))
def test_a_later_act_never_ends_sooner(one: date, other: date, basis: str):
    first, second = sorted((one, other))

    assert expiry_of(basis, first) <= expiry_of(basis, second)


def test_who_lives_in_canada_is_asked_only_with_consent(cast: Cast):
    nobody, yes, gave = canadian(), canadian(), canadian()
    said_yes(yes)
    implied(gave, until=TODAY + DAY)

    assert [standing(one) for one in (nobody, yes, gave)] == [
        Standing.NONE,
        Standing.EXPRESS,
        Standing.IMPLIED,
    ]


def test_implied_consent_is_over_on_the_day_it_expires(cast: Cast):
    contact = canadian()
    implied(contact, until=TODAY)

    assert state_of(contact) == ConsentState(Standing.LAPSED, Basis.DONATION, date(2020, 1, 1), TODAY)


def test_the_day_is_that_of_the_societys_calendar(cast: Cast):
    """At 05:30 UTC it is still the evening before in Chicago."""
    contact = canadian()
    implied(contact, until=TODAY)
    evening_before = NOW.replace(hour=23, minute=30) - DAY

    assert states([contact], None, evening_before)[contact.pk].standing == Standing.IMPLIED


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"country": "US"}, Standing.UNTIL_NO),
        ({"country": "US", "language": "fr"}, Standing.UNTIL_NO),
        ({"country": ""}, Standing.UNTIL_NO),
        ({"country": "", "postal_code": "77004"}, Standing.UNTIL_NO),
        ({"country": "", "postal_code": "H2X1Y4"}, Standing.NONE),
        ({"country": "", "postal_code": "h2x 1y4"}, Standing.NONE),
        ({"country": "", "language": "fr"}, Standing.NONE),
        ({"country": "CA"}, Standing.NONE),
    ],
)
def test_whoever_may_live_in_canada_has_canadas_law(cast: Cast, fields: dict[str, str], expected: Standing):
    assert standing(ContactFactory(**fields)) == expected


def test_a_chapters_consent_is_not_the_societys_nor_another_chapters(cast: Cast):
    contact = canadian()
    said_yes(contact, cast.saint_laurent)

    found = [standing(contact, place) for place in (cast.saint_laurent, cast.cascadia_north, None)]

    assert found == [Standing.EXPRESS, Standing.NONE, Standing.NONE]


def test_the_societys_consent_covers_its_chapters(cast: Cast):
    contact = canadian()
    said_yes(contact)

    assert standing(contact, cast.saint_laurent) == Standing.EXPRESS


def test_a_role_implies_consent_while_it_lasts(cast: Cast):
    contact = canadian(user=cast.elise)

    assert state_of(contact, cast.saint_laurent) == ConsentState(
        Standing.IMPLIED, Basis.MEMBERSHIP, date(2026, 7, 1)
    )
    assert standing(contact, cast.cascadia_north) == Standing.NONE


@pytest.mark.parametrize(
    ("ended_on", "expected"),
    [(date(2025, 2, 10), Standing.IMPLIED), (date(2025, 2, 9), Standing.LAPSED)],
)
def test_a_role_that_ended_implies_it_for_two_years(cast: Cast, ended_on: date, expected: Standing):
    person = member_of(cast.saint_laurent, starts_on=date(2022, 7, 1), ends_on=ended_on)

    assert standing(canadian(user=person), cast.saint_laurent) == expected


def test_a_no_to_one_chapter_leaves_the_others(cast: Cast):
    contact = canadian()
    said_yes(contact, at=NOW - DAY)

    consents.withdraw(contact, chapter=cast.saint_laurent, how=HowWithdrawn.REPLY, now=NOW)

    found = [standing(contact, place) for place in (cast.saint_laurent, cast.cascadia_north, None)]
    assert found == [Standing.WITHDRAWN, Standing.EXPRESS, Standing.EXPRESS]
    assert not Suppression.objects.exists()


def test_a_no_to_all_is_told_to_the_outbox_and_takes_back_what_waits(cast: Cast):
    contact, message = ContactFactory(), posted("supporter@example.org", of=ASK, now=NOW - DAY)
    contact.email = message.recipient
    contact.save()

    consents.withdraw(contact, chapter=None, how=HowWithdrawn.PAGE, now=NOW)

    assert standing(contact, cast.gulf_prairie) == Standing.WITHDRAWN
    assert Suppression.objects.get().address == fingerprint_of(contact.email)
    assert now_of(message).state == "cancelled"


def test_the_no_of_somebody_with_a_sign_in_is_their_own_preference(cast: Cast):
    contact = ContactFactory(user=cast.sam, email=cast.sam.email)

    consents.withdraw(contact, chapter=None, how=HowWithdrawn.PAGE, now=NOW)

    assert MailPreference.objects.get(user=cast.sam).is_off
    assert not Suppression.objects.exists()


def test_only_a_yes_in_so_many_words_overrules_a_no(cast: Cast):
    contact = canadian(user=cast.elise)
    consents.withdraw(contact, chapter=cast.saint_laurent, how=HowWithdrawn.STAFF, now=NOW - DAY)
    implied(contact, until=TODAY + DAY, since=TODAY)
    by_file = Evidence(ConsentSource.IMPORT, words="Signed at the fair.")
    consents.give(contact, chapter=None, evidence=by_file, now=NOW)
    assert standing(contact, cast.saint_laurent) == Standing.WITHDRAWN

    said_yes(contact)

    assert standing(contact, cast.saint_laurent) == Standing.EXPRESS


def test_a_yes_before_the_no_does_not_count(cast: Cast):
    contact = canadian()
    said_yes(contact, at=NOW - DAY)
    Withdrawal.objects.create(contact=contact, how="reply", received_at=NOW, effective_at=NOW)

    assert standing(contact) == Standing.WITHDRAWN


def test_the_ground_that_lasts_longest_is_the_one_told(cast: Cast):
    contact = canadian()
    implied(contact, until=date(2028, 1, 1))
    implied(contact, until=date(2027, 6, 1), basis=Basis.INQUIRY)

    assert state_of(contact).expires_on == date(2028, 1, 1)


def test_an_act_to_come_implies_nothing(cast: Cast):
    with pytest.raises(NotYetSo):
        consents.imply(canadian(), chapter=None, basis="donation", on=TODAY + DAY, evidence=BY_STAFF, now=NOW)
    assert not Consent.objects.exists()


def test_a_file_read_twice_is_one_row_of_the_ledger(cast: Cast):
    contact, evidence = canadian(), Evidence(ConsentSource.IMPORT, detail="members.csv")
    known = {"chapter": None, "basis": "donation", "on": TODAY, "evidence": evidence, "now": NOW}

    first, second = consents.imply(contact, **known), consents.imply(contact, **known)

    assert (Consent.objects.get(), second) == (first, None)


def test_the_ledger_is_only_added_to(cast: Cast):
    row = said_yes(canadian())

    for change in (
        row.delete,
        row.save,
        Consent.objects.all().delete,
        lambda: Consent.objects.update(words="Others"),
        Withdrawal.objects.all().delete,
    ):
        with pytest.raises(TypeError, match="only added to"):
            change()
    assert Consent.objects.get().words == row.words


@pytest.mark.parametrize("count", [1, 3])
def test_states_are_known_in_four_queries(cast: Cast, count: int):
    for _number in range(count):
        person = member_of(cast.saint_laurent, person=UserFactory())
        said_yes(canadian(user=person))
    contacts = list(Contact.objects.all())
    listed(*contacts)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        states(contacts, cast.saint_laurent, NOW)

    assert len(queries) == 4
