"""The quick form, posted the way a browser posts it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from advocacy.interactions.models import Interaction, State
from advocacy.positions.models import Issue
from legislation.models import Official
from members.models import RoleAssignment
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes, hb_210, interoperability, logged, official_in, seat_in
from tests.factories.people import state

NEW = "/log/new/"


def filled(cast: Cast, official: Official, **changes: Any) -> dict[str, Any]:
    """A form as dana fills it on her phone; keys given as None are left out."""
    form = {
        "form_key": str(uuid4()),
        "kind": "meeting_in_person",
        "occurred_on": "2027-02-09",
        "chapter": cast.gulf_prairie.pk,
        "zone": "America/Chicago",
        "officials": [official.pk],
        "our_people": [cast.dana.pk],
        "purpose": "policy",
        "issues": [interoperability().pk],
        "summary": "Walked through the data exchange bill",
        "discussed_specific_legislation": "yes",
        "capacity": "chapter",
        "confidentiality": "shared",
        "impressions_confidentiality": "chapter",
        "people-TOTAL_FORMS": "1",
        "people-INITIAL_FORMS": "0",
        "people-0-name": "Kim Ito",
        "people-0-level": "policy_staff",
        "asks-TOTAL_FORMS": "1",
        "asks-INITIAL_FORMS": "0",
        "promises-TOTAL_FORMS": "0",
        "promises-INITIAL_FORMS": "0",
        "save": "log",
    }
    return {name: value for name, value in (form | changes).items() if value is not None}


def test_a_filled_form_is_logged_and_at_once_on_the_timeline_and_in_the_feed(cast: Cast):
    reyes, browser = alma_reyes(), browser_of(cast.dana)

    answer = browser.post(NEW, filled(cast, reyes), follow=True)

    assert "Interaction logged. 1 follow-up is on your list." in answer.content.decode()
    for page in (reyes.get_absolute_url(), cast.gulf_prairie.get_absolute_url(), "/log/", "/"):
        assert "Walked through the data exchange bill" in browser.get(page).content.decode(), page


def test_an_ask_with_its_answer_and_stance_is_kept(cast: Cast):
    measure = hb_210()
    ask = {
        "asks-0-kind": "cosponsor",
        "asks-0-response": "will_consider",
        "asks-0-stance": "lean_yes",
        "asks-0-evidence": "via_staff",
    }

    browser_of(cast.dana).post(NEW, filled(cast, alma_reyes(), measures=[measure.pk], issues=None, **ask))

    interaction = Interaction.objects.get()
    assert str(interaction.asks.get()) == "Cosponsor: HB 210 (90R)"
    assert str(interaction.asks.get().stance_after) == "Lean yes – Via staff"
    assert interaction.followups.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"occurred_on": "2027-02-10"}, "This day has not come yet"),
        ({"occurred_on": "2027-02-30"}, "Enter a valid date"),
        ({"occurred_on": "0027-02-09"}, "greater than or equal to"),
        ({"officials": None}, "Choose an official, or name an agency"),
        ({"officials": ["999999"]}, "999999"),
        ({"officials": ["<script>"]}, "valid"),
        ({"issues": None}, "Choose a measure or an issue"),
        ({"summary": ""}, "This field is required"),
        ({"summary": "x" * 1_000_000}, "at most 200 characters"),
        ({"summary": "a\x00b"}, "Null characters are not allowed"),
        ({"discussed_specific_legislation": ""}, "This field is required"),
        ({"people-0-name": "", "people-0-level": ""}, "Say whom you met"),
        ({"people-0-level": ""}, "Choose the role of the person you met"),
        ({"asks-0-kind": "cosponsor"}, "Choose what they answered"),
        ({"asks-0-response": "agreed"}, "Choose what was asked"),
        ({"asks-0-kind": "sponsor", "asks-0-response": "agreed", "asks-0-stance": "yes"}, "how we know it"),
        ({"gift_value": "12"}, "together with its currency"),
        ({"gift_value": "NaN", "gift_currency": "USD"}, "Enter a number"),
        ({"duration_minutes": "-5"}, "greater than or equal to 1"),
        ({"replied_on": "2027-02-01"}, "cannot be before the contact"),
        ({"was_voicemail_only": "on"}, "Only a phone call"),
        ({"zone": "Mars/Olympus"}, "valid choice"),
        ({"people-TOTAL_FORMS": "100000"}, "at most 20"),
        ({"asks-TOTAL_FORMS": None}, "ManagementForm data is missing"),
        ({"form_key": "not-a-key"}, "valid UUID"),
    ],
)
def test_bad_input_gets_a_clear_message_and_keeps_what_was_typed(cast: Cast, changes, sentence):
    answer = browser_of(cast.dana).post(NEW, filled(cast, alma_reyes(), **changes))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Kim Ito" in page or "people-0-name" in changes
    assert not Interaction.objects.exists()


def test_html_and_formulas_are_kept_as_text(cast: Cast):
    browser = browser_of(cast.dana)

    browser.post(NEW, filled(cast, alma_reyes(), summary="<script>alert(1)</script> =1+1"))

    page = browser.get(Interaction.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; =1+1" in page


def test_an_official_who_had_left_is_named_in_the_message(cast: Cast):
    gone = official_in(
        seat_in(state("tx", "Texas"), "13", "upper"), "Omar Dell", date(2023, 1, 10), date(2027, 1, 12)
    )

    answer = browser_of(cast.dana).post(NEW, filled(cast, gone))

    assert "Omar Dell held no office on Feb. 9, 2027" in answer.content.decode()


def test_another_chapters_id_in_the_form_is_refused(cast: Cast):
    answer = browser_of(cast.dana).post(NEW, filled(cast, alma_reyes(), chapter=cast.saint_laurent.pk))

    assert answer.status_code == 422
    assert not Interaction.objects.exists()


def test_a_person_who_is_not_a_colleague_cannot_be_named(cast: Cast):
    answer = browser_of(cast.dana).post(NEW, filled(cast, alma_reyes(), our_people=[cast.former.pk]))

    assert answer.status_code == 422


def test_extra_fields_change_nothing(cast: Cast):
    extra = {"logged_by": cast.luis.pk, "state": "draft", "pk": 1, "is_superuser": "1", "version": "99"}

    browser_of(cast.dana).post(NEW, filled(cast, alma_reyes(), **extra))

    interaction = Interaction.objects.get()
    assert (interaction.logged_by, interaction.state, interaction.version) == (cast.dana, State.LOGGED, 1)


def test_a_double_click_makes_one_record_and_both_answers_lead_to_it(cast: Cast):
    form, browser = filled(cast, alma_reyes()), browser_of(cast.dana)

    first, second = browser.post(NEW, form), browser.post(NEW, form)

    assert first.headers["Location"] == second.headers["Location"]
    assert Interaction.objects.count() == 1


def test_a_role_that_ended_while_the_form_was_open_saves_nothing(cast: Cast):
    browser, form = browser_of(cast.dana), filled(cast, alma_reyes())
    browser.get(NEW)

    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=date(2027, 2, 9))
    answer = browser.post(NEW, form)

    assert answer.status_code == 403
    assert not Interaction.objects.exists()


def test_finding_an_official_without_javascript_keeps_the_form(cast: Cast):
    alma_reyes()
    form = filled(cast, _other(), officials=None, officials__q="reyes", find="officials")
    form.pop("save")

    answer = browser_of(cast.dana).post(NEW, form)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Alma Reyes" in page
    assert "Walked through the data exchange bill" in page


def _other() -> Official:
    return official_in(seat_in(state("tx", "Texas"), "15", "upper"), "Joel Tran")


def test_adding_a_block_without_javascript_keeps_the_form(cast: Cast):
    form = filled(cast, alma_reyes(), add="asks")
    form.pop("save")

    page = browser_of(cast.dana).post(NEW, form).content.decode()

    assert 'name="asks-1-kind"' in page
    assert "Kim Ito" in page


def test_a_draft_needs_little_and_is_finished_later(cast: Cast):
    browser, reyes = browser_of(cast.dana), alma_reyes()
    empty = {
        "summary": "",
        "discussed_specific_legislation": None,
        "issues": None,
        "people-0-name": "",
        "people-0-level": "",
    }

    browser.post(NEW, filled(cast, reyes, save="draft", **empty))
    draft = Interaction.objects.get()
    browser.post(f"/log/{draft.pk}/edit/", filled(cast, reyes, version=draft.version))

    draft.refresh_from_db()
    assert (draft.state, draft.summary) == (State.LOGGED, "Walked through the data exchange bill")


def test_a_future_meeting_is_planned_and_logged_afterwards(cast: Cast, clock):
    browser, reyes = browser_of(cast.dana), alma_reyes()

    browser.post(NEW, filled(cast, reyes, occurred_on="2027-02-12", save="plan"))
    planned = Interaction.objects.get()
    clock.move_to("2027-02-12T22:00:00Z")
    browser.post(
        f"/log/{planned.pk}/edit/", filled(cast, reyes, occurred_on="2027-02-12", version=planned.version)
    )

    planned.refresh_from_db()
    assert planned.state == State.LOGGED
    assert planned.followups.count() == 1


def test_the_form_opens_with_what_is_known(cast: Cast):
    reyes = alma_reyes()

    page = browser_of(cast.dana).get(f"{NEW}?official={reyes.pk}").content.decode()

    assert "Alma Reyes" in page
    assert "2027-02-09" in page
    assert "Dana Whitfield" in page


def test_a_member_is_told_who_logs(cast: Cast):
    answer = browser_of(cast.sam).get(NEW)

    assert answer.status_code == 403
    assert "Your role does not log contacts" in answer.content.decode()


class TestLikenessToAColleaguesRecord:
    def test_the_notice_appears_while_the_form_is_filled(self, cast: Cast):
        reyes = alma_reyes()
        logged(cast.dana, [reyes])

        notice = browser_of(cast.luis).get(
            "/log/similar/",
            {"officials": reyes.pk, "occurred_on": "2027-02-09", "chapter": cast.hill_country.pk},
        )

        assert "logged by Dana Whitfield for Gulf Prairie" in notice.content.decode()

    def test_saving_asks_first_and_joining_keeps_one_record(self, cast: Cast):
        reyes, browser = alma_reyes(), browser_of(cast.luis)
        meeting = logged(cast.dana, [reyes])
        form = filled(cast, reyes, chapter=cast.hill_country.pk, our_people=[cast.luis.pk])

        asked = browser.post(NEW, form)
        browser.post(NEW, form | {"duplicate": f"join:{meeting.pk}"})

        assert asked.status_code == 422
        assert [str(credit) for credit in meeting.credits.all()] == ["Gulf Prairie", "Hill Country"]
        assert list(Interaction.objects.logged()) == [meeting]
        assert Interaction.objects.drafts_of(cast.luis).get().summary == form["summary"]

    def test_saving_anyway_is_recorded(self, cast: Cast):
        reyes = alma_reyes()
        meeting = logged(cast.dana, [reyes])
        form = filled(
            cast, reyes, chapter=cast.hill_country.pk, our_people=[cast.luis.pk], duplicate="separate"
        )

        browser_of(cast.luis).post(NEW, form)

        assert Interaction.objects.exclude(pk=meeting.pk).get().resembles == meeting

    def test_a_record_that_one_may_not_read_is_not_hinted_at(self, cast: Cast):
        reyes = alma_reyes()
        logged(cast.dana, [reyes], confidentiality="chapter")

        notice = browser_of(cast.luis).get(
            "/log/similar/",
            {"officials": reyes.pk, "occurred_on": "2027-02-09", "chapter": cast.hill_country.pk},
        )

        assert "Dana" not in notice.content.decode()


def test_a_second_tab_is_told_what_happened_and_keeps_its_words(cast: Cast):
    reyes, browser = alma_reyes(), browser_of(cast.dana)
    interaction = logged(cast.dana, [reyes])
    first = filled(cast, reyes, summary="First tab", version=interaction.version)
    second = filled(cast, reyes, summary="Second tab", version=interaction.version)

    browser.post(f"/log/{interaction.pk}/edit/", first)
    answer = browser.post(f"/log/{interaction.pk}/edit/", second)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody saved this record while you were writing" in page
    assert "Second tab" in page
    interaction.refresh_from_db()
    assert interaction.summary == "First tab"


def test_no_issue_that_was_retired_is_offered(cast: Cast):
    Issue.objects.create(title_en="Meaningful use", is_retired=True)

    assert "Meaningful use" not in browser_of(cast.dana).get(NEW).content.decode()
