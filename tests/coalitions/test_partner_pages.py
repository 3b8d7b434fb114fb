"""The pages of coalitions, grasstops contacts and touches."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from advocacy.coalitions.models import Coalition, Grasstops, Influence, PartnerPosition, Presence, Touch
from tests.cast import Cast, browser_of
from tests.factories.letters import OrganisationFactory, partner
from tests.factories.log import alma_reyes, logged
from tests.factories.measures import Standpoint, measure, took
from tests.factories.partners import coalition_of, grasstop, reaches, says, touched


def address(name: str, *arguments: object) -> str:
    return reverse(f"coalitions:{name}", args=arguments)


def test_a_coalition_is_added_corrected_and_told_with_its_positions_beside_ours(cast: Cast):
    browser, bill = browser_of(cast.dana), measure("HB 210")
    took(bill, cast.gulf_prairie, Standpoint.SUPPORT, by=cast.jordan)
    typed = {
        "name": "Alliance", "chapter": cast.gulf_prairie.pk, "role": "member", "lead": OrganisationFactory().pk,
        "joined_on": "2026-09-01", "measures": [bill.pk],
    }  # fmt: skip
    browser.post(address("coalition_new"), typed)
    coalition = Coalition.objects.get()
    harbor = OrganisationFactory(name="Harbor Patients")
    browser.post(address("coalition_members", coalition.pk), {"organisation": harbor.pk})
    said = {"measure": [bill.pk], "position": "oppose", "said_on": "2027-02-01", "source": "Their letter"}
    browser.post(address("position_add", "organizations", harbor.pk), said)

    page = browser.get(coalition.get_absolute_url()).content.decode()
    assert all(
        words in page for words in ("Harbor Patients", "Disagrees with us", "Ours: Support (Gulf Prairie)")
    )
    assert "Disagrees with us" in browser.get(bill.get_absolute_url()).content.decode()
    assert "Alliance" in browser.get(harbor.get_absolute_url()).content.decode()


def test_a_coalition_is_led_by_us_or_by_a_partner_and_finding_a_measure_complains_of_nothing(cast: Cast):
    typed = {"name": "Alliance", "chapter": cast.gulf_prairie.pk, "role": "member", "joined_on": "2026-09-01"}
    page = browser_of(cast.dana).post(address("coalition_new"), typed)
    looking = browser_of(cast.dana).post(address("coalition_new"), {"find": "measures", "measures__q": "zzz"})

    assert "Where we lead it, no organization stands as leader" in page.content.decode()
    assert "field--error" not in looking.content.decode()
    assert not Coalition.objects.exists()


def test_what_a_partner_said_is_recorded_once_a_day_and_not_for_a_day_to_come(cast: Cast):
    coalition, bill = coalition_of(cast), measure("HB 210")
    says(coalition, bill, by=cast.dana)
    url = address("position_add", "coalitions", coalition.pk)
    said = {"measure": [bill.pk], "position": "oppose", "source": "A hearing"}
    twice = browser_of(cast.dana).post(url, said | {"said_on": "2027-02-09"}).content.decode()
    early = browser_of(cast.dana).post(url, said | {"said_on": "2027-02-10"}).content.decode()

    assert "What they said on this day is on record already." in twice
    assert "This day has not come yet." in early
    assert PartnerPosition.objects.count() == 1


def test_a_member_leaves_by_the_button_beside_it(cast: Cast):
    coalition = coalition_of(cast)
    member = coalition.members.create(organisation=OrganisationFactory())
    browser_of(cast.dana).post(address("coalition_members", coalition.pk), {"leaves": member.pk})

    member.refresh_from_db()
    assert str(member.ends_on) == "2027-02-09"


def test_a_contact_person_becomes_a_grasstops_contact_for_the_chapter_unless_told_otherwise(cast: Cast):
    browser, robin, reyes = browser_of(cast.dana), partner("Harbor Patients"), alma_reyes()
    offered = browser.get(robin.organisation.get_absolute_url()).content.decode()
    begun = browser.get(address("grasstops_new") + f"?contact={robin.pk}").content.decode()
    typed = {
        "contact": robin.pk, "chapter": cast.gulf_prairie.pk, "holders": [cast.dana.pk], "willingness": "4",
        "meetings_a_year": "2", "light_touches_a_year": "4", "confidentiality": "chapter",
    }  # fmt: skip
    browser.post(address("grasstops_new"), typed)
    again = browser.post(address("grasstops_new"), typed).content.decode()
    contact = Grasstops.objects.get()
    browser.post(
        address("grasstops_reach", contact.pk), {"officials": [reyes.pk], "basis": "school", "strength": "4"}
    )
    page = browser.get(contact.get_absolute_url()).content.decode()
    browser.post(address("grasstops_reach", contact.pk), {"remove": Influence.objects.get().pk})

    assert f"?contact={robin.pk}" in offered
    assert f'<option value="{robin.pk}" selected>' in begun
    assert '<option value="chapter" selected>' in begun
    assert "This person is a grasstops contact of the chapter already." in again
    assert (contact.added_by, contact.willingness, list(contact.holders.all())) == (cast.dana, 4, [cast.dana])
    assert "Alma Reyes" in page
    assert not Influence.objects.exists()


def test_somebody_without_an_address_is_put_on_record_once(cast: Cast):
    organisation, browser = OrganisationFactory(), browser_of(cast.dana)
    typed = {"name": "Al Reed", "language": "en", "zone": "America/Chicago"}

    for _twice in range(2):
        browser.post(f"/coalitions/organizations/{organisation.pk}/people/new/", typed)

    assert [str(one) for one in organisation.contacts.all()] == ["Al Reed"]


def test_a_touch_is_logged_once_in_a_few_words_and_corrected(cast: Cast):
    contact, browser = grasstop(cast, chapter=cast.gulf_prairie), browser_of(cast.dana)
    url = address("touch_log") + f"?subject=grasstops-{contact.pk}"
    form = browser.get(url).context["form"]
    typed = {
        name: form[name].initial for name in ("form_key", "subject", "kind", "chapter", "confidentiality")
    }
    typed |= {"occurred_on": "2027-02-09", "summary": "They will speak to the chair."}
    for _click in range(2):
        answer = browser.post(url, typed)
    touch = Touch.objects.get()
    browser.post(touch.get_edit_url(), {**typed, "kind": "meeting"})

    page = browser.get(contact.get_absolute_url()).content.decode()
    assert answer["Location"] == contact.get_absolute_url()
    assert (touch.grasstops, touch.confidentiality) == (contact, "chapter")
    assert Touch.objects.get().kind == "meeting"
    assert "They will speak to the chair." in page
    typed["occurred_on"] = "2027-02-10"
    assert "This day has not come yet." in browser.post(url, typed).content.decode()


def test_the_touch_of_a_contact_is_of_the_contacts_chapter_and_may_name_what_it_belongs_to(cast: Cast):
    """Staff log for any chapter."""
    meeting = logged(cast.dana, [alma_reyes()])
    url = address("touch_log") + f"?interaction={meeting.pk}"
    typed = {
        "form_key": "5c6ed0e6-5f65-4d0a-8f6b-6f3ad0a0b1f1", "subject": f"grasstops-{grasstop(cast).pk}", "kind": "call",
        "chapter": cast.hill_country.pk, "confidentiality": "shared", "occurred_on": "2027-02-09",
        "interaction": meeting.pk,
    }  # fmt: skip
    browser_of(cast.jordan).post(url, typed)

    touch = Touch.objects.get()
    assert (touch.chapter, touch.interaction) == (cast.gulf_prairie, meeting)


def test_a_touch_shows_the_interaction_it_belongs_to_only_to_whoever_reads_that(cast: Cast):
    coalition = coalition_of(cast)
    meeting = logged(cast.dana, [alma_reyes()], confidentiality="restricted")
    touched(coalition, by=cast.dana, confidentiality="shared", interaction=meeting, summary="After it.")

    ours = browser_of(cast.dana).get(coalition.get_absolute_url()).content.decode()
    theirs = browser_of(cast.luis).get(coalition.get_absolute_url()).content.decode()
    assert (meeting.get_absolute_url() in ours, meeting.get_absolute_url() in theirs) == (True, False)
    assert "After it." in theirs


def test_partners_who_were_there_stand_on_the_page_of_the_contact(cast: Cast):
    meeting, robin = logged(cast.dana, [alma_reyes()]), partner("Harbor Patients")
    browser, url = browser_of(cast.dana), address("presences", meeting.pk)
    empty = browser.get(meeting.get_absolute_url()).content.decode()
    browser.post(url, {"who": f"person-{robin.pk}"})
    page = browser.get(meeting.get_absolute_url()).content.decode()
    browser.post(url, {"remove": Presence.objects.get().pk})

    assert url in empty
    assert "Harbor Patients" in page
    assert "Robin Vale" in page
    assert not Presence.objects.exists()
    assert (
        "Partners who were there"
        not in browser_of(cast.luis).get(meeting.get_absolute_url()).content.decode()
    )


def test_the_page_of_an_official_names_three_to_ask_and_leads_to_all(cast: Cast):
    reyes = alma_reyes()
    for name in ("Ann", "Bea", "Cal", "Dot"):
        reaches(grasstop(cast, name), reyes)
    browser = browser_of(cast.dana)
    page = browser.get(reyes.get_absolute_url()).content.decode()
    everybody = browser.get(address("grasstops_list") + f"?official={reyes.pk}")

    assert ("Cal</a>" in page, "Dot</a>" in page) == (True, False)
    assert [one.name for one in everybody.context["candidates"]] == ["Ann", "Bea", "Cal", "Dot"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_as_many_questions_for_one_partner_as_for_three(
    cast: Cast, django_assert_num_queries, count: int
):
    reyes, bill, harbor = alma_reyes(), measure("HB 210"), OrganisationFactory(name="Harbor Patients")
    ours = coalition_of(cast, "Ours", role="lead", measures=[bill])
    for number in range(count):
        contact = grasstop(cast, f"Robin {number}")
        reaches(contact, reyes)
        touched(contact, by=cast.dana)
        touched(ours, by=cast.dana)
        coalition = coalition_of(cast, f"Coalition {number}")
        coalition.members.create(organisation=harbor)
        ours.members.create(organisation=contact.contact.organisation)
        says(contact.contact.organisation, bill, by=cast.dana)
    browser = browser_of(cast.dana)

    for url, queries in (
        (address("coalition_list"), 10),
        (ours.get_absolute_url(), 18),
        (address("grasstops_list") + f"?official={reyes.pk}", 19),
        (harbor.get_absolute_url(), 16),
    ):
        with django_assert_num_queries(queries):
            assert browser.get(url).status_code == 200


def test_a_file_of_coalitions_adds_each_once_and_names_an_unknown_leader(cast: Cast):
    OrganisationFactory(name="Harbor Patients")
    browser = browser_of(cast.jordan)
    lines = "name,role,lead,joined_on", "Alliance,member,harbor patients,2026-09-01"
    for _time in range(2):
        _import(browser, *lines)
    unknown = _import(browser, lines[0], "Other,member,Nobody,2026-09-01")

    assert str(Coalition.objects.get().lead) == "Harbor Patients"
    assert "“Nobody” is not known." in unknown


def _import(browser, *lines: str) -> str:
    url = reverse("admin:coalitions_coalition_import")
    file = SimpleUploadedFile("coalitions.csv", "\n".join(lines).encode(), content_type="text/csv")
    page = browser.post(url, {"import_file": file, "format": "0"})
    confirm = page.context.get("confirm_form")
    if confirm:
        browser.post(reverse("admin:coalitions_coalition_process_import"), confirm.initial)
    return page.content.decode()
