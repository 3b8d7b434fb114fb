from datetime import date

import pytest
from django.db import IntegrityError, transaction

from advocacy.audit.models import Entry
from advocacy.interactions.models import (
    Confidentiality,
    Counterpart,
    Interaction,
    KeyContact,
    Office,
    Participant,
    Topic,
)
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes, hb_210, logged, official_in, seat_in
from tests.factories.people import state


def test_opening_a_colleagues_restricted_record_leaves_an_access_entry(cast: Cast):
    interaction = logged(cast.dana, [alma_reyes()], confidentiality="restricted", summary="Zebra")

    page = browser_of(cast.jordan).get(interaction.get_absolute_url())

    assert "Zebra" in page.content.decode()
    assert [entry.actor for entry in Entry.objects.filter(verb="opened")] == [cast.jordan]


def test_opening_ones_own_restricted_record_leaves_none(cast: Cast):
    interaction = logged(cast.dana, [alma_reyes()], confidentiality="restricted")

    browser_of(cast.dana).get(interaction.get_absolute_url())

    assert not Entry.objects.filter(verb="opened").exists()


def test_a_record_is_deleted_with_a_reason_and_restored(cast: Cast):
    interaction, browser = logged(cast.dana, [alma_reyes()]), browser_of(cast.dana)

    browser.post(f"/log/{interaction.pk}/delete/", {"reason": "Logged for the wrong office"})
    gone = browser.get(interaction.get_absolute_url()).status_code
    listed = browser.get("/log/deleted/").content.decode()
    browser.post(f"/log/{interaction.pk}/restore/")

    assert gone == 404
    assert "Logged for the wrong office" in listed
    assert browser.get(interaction.get_absolute_url()).status_code == 200


def test_a_deletion_without_a_reason_is_refused(cast: Cast):
    interaction = logged(cast.dana, [alma_reyes()])

    browser_of(cast.dana).post(f"/log/{interaction.pk}/delete/", {"reason": "  "})

    assert Interaction.objects.kept().filter(pk=interaction.pk).exists()


def test_history_is_shown_with_old_and_new_words(cast: Cast):
    interaction, browser = logged(cast.dana, [alma_reyes()], summary="Before"), browser_of(cast.dana)
    form = browser.get(f"/log/{interaction.pk}/edit/")
    assert form.status_code == 200

    Entry.objects.create(
        actor=cast.dana,
        verb="edited",
        model="interactions.interaction",
        object_id=str(interaction.pk),
        label="Meeting",
        changes={"summary": ["Before", "After"]},
    )

    page = browser.get(f"/log/{interaction.pk}/history/").content.decode()
    assert "<del>Before</del>" in page
    assert "<ins>After</ins>" in page


def test_what_was_written_while_a_record_was_restricted_stays_with_those_who_could_read_it(cast: Cast):
    interaction = logged(cast.dana, [alma_reyes()], confidentiality=Confidentiality.SHARED)
    for changes in (
        {
            "summary": ["private concern zebra", "Now for everybody"],
            "confidentiality": ["Restricted", "Shared"],
        },
        {"summary": ["Now for everybody", "Said better"]},
    ):
        Entry.objects.create(
            actor=cast.dana,
            verb="edited",
            model="interactions.interaction",
            object_id=str(interaction.pk),
            label="Meeting",
            changes=changes,
        )
    address = f"/log/{interaction.pk}/history/"

    for reader, words in ((cast.luis, 0), (cast.angela, 0), (cast.dana, 1), (cast.jordan, 1)):
        page = browser_of(reader).get(address).content.decode()
        assert page.count("private concern zebra") == words, reader
        assert "<ins>Said better</ins>" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("chapter={gulf}", {"mine", "call"}),
        ("person={dana}", {"mine", "call"}),
        ("advocate=whitf", {"mine", "call"}),
        ("advocate=nobody+of+this+name", set()),
        ("official={reyes}", {"mine"}),
        ("body={senate}", {"call", "theirs"}),
        ("kind=phone_call", {"call"}),
        ("since=2027-02-02", {"mine", "theirs"}),
        ("until=2027-02-01", {"call"}),
        ("q=BROADBAND", {"call"}),
        ("q=nothing+of+this", set()),
        ("measure={bill}", {"mine"}),
        ("kind=phone_call&chapter={hill}", set()),
        ("kind=nonsense", {"mine", "call", "theirs"}),
        ("since=yesterday", {"mine", "call", "theirs"}),
    ],
)
def test_filters_narrow_the_list(cast: Cast, query, found):
    reyes, bill = alma_reyes(), hb_210()
    senate = seat_in(state("tx", "Texas"), "15", "upper")
    tran = official_in(senate, "Joel Tran")
    logged(cast.dana, [reyes], summary="mine", measures=[bill])
    logged(cast.dana, [tran], summary="call broadband", kind="phone_call", occurred_on=date(2027, 2, 1))
    logged(cast.luis, [tran], summary="theirs")
    keys = {
        "gulf": cast.gulf_prairie.pk,
        "hill": cast.hill_country.pk,
        "dana": cast.dana.pk,
        "reyes": reyes.pk,
        "senate": senate.chamber_id,
        "bill": bill.pk,
    }

    page = browser_of(cast.dana).get(f"/log/?{query.format(**keys)}")

    assert {row.summary.split()[0] for row in page.context["page"].rows} == found
    assert page.context["count"] == len(found)


def test_the_list_is_turned_around_and_keeps_its_filters(cast: Cast):
    reyes, browser = alma_reyes(), browser_of(cast.dana)
    for day in (1, 2, 3):
        logged(cast.dana, [reyes], occurred_on=date(2027, 2, day), summary=f"on the {day}.")

    newest = browser.get("/log/?kind=meeting_in_person")
    oldest = browser.get("/log/" + newest.context["other_order_url"])

    assert [row.occurred_on.day for row in newest.context["page"].rows] == [3, 2, 1]
    assert [row.occurred_on.day for row in oldest.context["page"].rows] == [1, 2, 3]
    assert "kind=meeting_in_person" in newest.context["other_order_url"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_the_same_number_of_questions_for_any_length(
    cast: Cast, rows, django_assert_num_queries
):
    reyes, browser = alma_reyes(), browser_of(cast.dana)
    for _ in range(rows):
        logged(cast.dana, [reyes])
    browser.get("/log/")

    with django_assert_num_queries(26):
        browser.get("/log/")


@pytest.mark.parametrize(
    "broken",
    [
        lambda row, cast: Office.objects.create(interaction=row),
        lambda row, cast: Office.objects.create(interaction=row, official=row.offices.get().official),
        lambda row, cast: Counterpart.objects.create(interaction=row, level="other"),
        lambda row, cast: Participant.objects.create(interaction=row),
        lambda row, cast: Participant.objects.create(interaction=row, person=cast.dana),
        lambda row, cast: Topic.objects.create(interaction=row),
        lambda row, cast: Topic.objects.create(interaction=row, issue=row.topics.get().issue),
        lambda row, cast: row.credits.create(chapter=cast.gulf_prairie),
        lambda row, cast: Interaction.objects.filter(pk=row.pk).update(logged_at=None),
        lambda row, cast: Interaction.objects.filter(pk=row.pk).update(summary=""),
        lambda row, cast: Interaction.objects.filter(pk=row.pk).update(deletion_reason="no who, no when"),
        lambda row, cast: Interaction.objects.filter(pk=row.pk).update(gift_value=5),
        lambda row, cast: Interaction.objects.filter(pk=row.pk).update(replied_on=date(2027, 2, 8)),
        lambda row, cast: Interaction.objects.filter(pk=row.pk).update(was_voicemail_only=True),
        lambda row, cast: row.commitments.create(
            side="us", text="x", check_back_on=date(2027, 3, 1), outcome="kept"
        ),
    ],
)
def test_half_a_record_is_refused_by_the_database(cast: Cast, broken):
    interaction = logged(cast.dana, [alma_reyes()])

    with pytest.raises(IntegrityError), transaction.atomic():
        broken(interaction, cast)


def test_an_official_is_put_on_ones_list_with_a_rhythm_and_taken_off(cast: Cast):
    reyes, browser = alma_reyes(), browser_of(cast.dana)

    browser.post(f"/log/officials/{reyes.pk}/keep-in-touch/", {"rhythm_days": "60"})
    browser.post(f"/log/officials/{reyes.pk}/keep-in-touch/", {"rhythm_days": "30"})
    tie = KeyContact.objects.get()
    browser.post(f"/log/officials/{reyes.pk}/let-go/")

    assert (tie.person, tie.rhythm_days, tie.ends_on) == (cast.dana, 30, None)
    assert KeyContact.objects.get().ends_on == date(2027, 2, 9)


def test_a_contact_with_the_office_only_says_so_on_the_officials_page(cast: Cast):
    reyes, browser = alma_reyes(), browser_of(cast.dana)
    before = browser.get(reyes.get_absolute_url()).content.decode()

    logged(cast.dana, [reyes])

    after = browser.get(reyes.get_absolute_url()).content.decode()
    assert "None on record" in before
    assert "Touched (office only)" in after
    assert "Feb. 9, 2027" in after
