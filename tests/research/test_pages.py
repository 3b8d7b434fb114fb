"""The pages of research: what they ask, what they show and what they keep back."""

import pytest
from django.urls import reverse

from advocacy.research.models import Analysis, FindingUse, Lesson, Quote, ResearchActivity
from legislation.models import Measure
from tests.cast import Cast, browser_of
from tests.factories.materials import paper
from tests.factories.materials import written as written_out
from tests.factories.measures import measure
from tests.factories.research import conversation, draft, finding, issue, lesson, published, quote


def address(name: str, *arguments: object) -> str:
    return reverse(f"research:{name}", args=arguments)


def typed(cast: Cast, **fields: object) -> dict[str, object]:
    known = {
        "kind": "conversation", "question": "What keeps people away?", "chapter": cast.gulf_prairie.pk,
        "confidentiality": "shared", "status": "held", "held_on": "2027-02-04", "participants": "6",
        "form_key": "9a1a39a8-74f5-4cbb-8dd5-8eb5fcafa9f9",
    }  # fmt: skip
    return known | fields


def test_an_activity_is_put_on_record_once_however_often_it_is_sent(cast: Cast):
    browser = browser_of(cast.dana)
    form = browser.get(address("activity_new")).content.decode()
    for _twice in range(2):
        browser.post(address("activity_new"), typed(cast, issues=[issue().pk]))

    activity = ResearchActivity.objects.get()
    assert 'type="hidden" name="form_key"' in form
    assert "Form key" not in form
    assert (activity.participants, activity.kept_by, list(activity.issues.all())) == (6, cast.dana, [issue()])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"participants": ""}, "Say how many took part; 0 for a study of documents."),
        ({"status": "summarised"}, "Write the summary first."),
        ({"held_on": "2027-03-04"}, "This day has not come yet: it is planned."),
        ({"held_on": "9999-12-31"}, "Check the year."),
        ({"last_on": "2027-02-01"}, "The last day cannot be before the first."),
    ],
)
def test_what_is_missing_is_said_by_the_field(cast: Cast, fields: dict[str, str], words: str):
    page = browser_of(cast.dana).post(address("activity_new"), typed(cast, **fields))

    assert words in page.content.decode()
    assert not ResearchActivity.objects.exists()


def test_what_looks_like_a_patient_is_asked_about_and_saved_once_somebody_looked(cast: Cast):
    browser = browser_of(cast.dana)
    said = typed(cast, concerns="One called (713) 555-0142 all day.")
    page = browser.post(address("activity_new"), said).content.decode()

    assert "“(713) 555-0142” looks like a phone number." in page
    assert not ResearchActivity.objects.exists()
    browser.post(address("activity_new"), said | {"is_no_patient": "on"})
    assert ResearchActivity.objects.get().concerns


def test_a_quote_without_consent_stands_in_its_own_form_and_nowhere_else(cast: Cast):
    activity = conversation(cast, participants=12)
    secret = quote(activity, "Never repeat this.", consent="none")
    quote(activity, "The bus comes twice a day.", speaker_role="nurse")
    browser = browser_of(cast.dana)
    row = finding(activity)
    outputs = [
        activity.get_absolute_url(),
        row.get_absolute_url(),
        address("activity_list"),
        "/search/?q=never",
    ]

    assert "The bus comes twice a day." in browser.get(outputs[0]).content.decode()
    assert not [url for url in outputs if "Never repeat" in browser.get(url).content.decode()]
    assert "Never repeat" in browser.get(secret.get_absolute_url()).content.decode()
    assert browser_of(cast.chris).get(secret.get_absolute_url()).status_code == 404


def test_parts_are_added_corrected_and_removed(cast: Cast):
    activity, browser = conversation(cast, participants=12), browser_of(cast.dana)
    for _twice in range(2):
        browser.post(address("part_add", activity.pk, "quote"), {"text": "So.", "consent": "anonymous"})
    browser.post(
        address("part_add", activity.pk, "theme"), {"label": "Roads", "raised_by": 7, "strength": "clear"}
    )
    browser.post(
        address("part_add", activity.pk, "group"), {"dimension": "role", "label": "Nurses", "count": 7}
    )
    said = {"statement": "Broadband decides.", "confidence": "high"}
    browser.post(address("part_add", activity.pk, "finding"), said)
    page = browser.get(activity.get_absolute_url()).content.decode()

    assert all(words in page for words in ("So.", "Roads", "Nurses", "Broadband decides.", "Not used yet"))
    browser.post(Quote.objects.get().get_absolute_url(), {"text": "So!", "consent": "anonymous"})
    assert Quote.objects.get().text == "So!"
    browser.post(Quote.objects.get().get_absolute_url(), {"remove": "1"})
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        (
            "quote",
            {"text": "So.", "consent": "named", "speaker_name": "Lee"},
            "where the written consent is kept",
        ),
        ("quote", {"text": "So.", "consent": "none", "speaker_name": "Lee"}, "Keep no name unless"),
        ("theme", {"label": "Roads", "raised_by": 13, "strength": "clear"}, "That is more than took part."),
        ("group", {"dimension": "role", "label": "Nurses", "count": 13}, "more than took part"),
        ("finding", {"statement": "Born 1962-03-14.", "confidence": "low"}, "looks like a date of birth"),
    ],
)
def test_a_part_that_cannot_be_so_is_refused(cast: Cast, kind: str, said: dict[str, object], words: str):
    activity = conversation(cast, participants=12)

    page = browser_of(cast.dana).post(address("part_add", activity.pk, kind), said).content.decode()

    assert words in page


def test_a_use_is_recorded_once_by_whoever_reads_the_finding(cast: Cast):
    row = finding(conversation(cast))
    said = {"used_on": "2027-02-08", "material": "Leave-behind", "link": "https://example.org/brief"}
    for _twice in range(2):
        browser_of(cast.luis).post(row.get_absolute_url(), said)

    assert [str(use) for use in FindingUse.objects.all()] == ["Leave-behind"]
    late = browser_of(cast.luis).post(row.get_absolute_url(), said | {"used_on": "2027-02-10"})
    assert "This day has not come yet." in late.content.decode()
    assert browser_of(cast.chris).post(row.get_absolute_url(), said).status_code == 404


def written(cast: Cast, bill: Measure, *rows: dict[str, str]) -> dict[str, object]:
    cited = {f"citations-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return {
        "title": "Two bills", "kind": "comparison", "language": "en", "chapter": cast.gulf_prairie.pk,
        "body": "Both extend it.", "measures": [bill.pk], "form_key": "9a1a39a8-74f5-4cbb-8dd5-8eb5fcafa9f9",
        "citations-TOTAL_FORMS": len(rows), "citations-INITIAL_FORMS": 0, **cited,
    }  # fmt: skip


def test_an_analysis_goes_from_draft_to_published(cast: Cast):
    source = {"title": "Text", "url": "https://example.org/bill", "accessed_on": "2027-02-08"}
    bill, dana = measure("HB 210"), browser_of(cast.dana)
    for _twice in range(2):
        dana.post(address("analysis_new"), written(cast, bill, source))
    row = Analysis.objects.get()
    dana.post(row.get_absolute_url())
    chris = browser_of(cast.chris)
    page = chris.post(row.get_absolute_url(), {"verdict": "publish"}).content.decode()
    chris.post(row.get_absolute_url(), {"verdict": "publish", "is_nonpartisan": "on"})

    row.refresh_from_db()
    assert "Confirm that it names no party" in page
    assert (row.status, [one.url for one in row.citations.all()]) == (
        "published",
        ["https://example.org/bill"],
    )
    assert "Two bills" in browser_of(cast.sam).get(bill.get_absolute_url()).content.decode()


def test_a_source_is_cited_once_and_another_row_is_added_without_javascript(cast: Cast):
    source = {"title": "Text", "url": "https://example.org/bill", "accessed_on": "2027-02-08"}
    bill, browser = measure("HB 210"), browser_of(cast.dana)
    twice = browser.post(address("analysis_new"), written(cast, bill, source, source)).content.decode()
    more = browser.post(address("analysis_new"), written(cast, bill, source) | {"add": "citations"})

    assert "This source is cited already." in twice
    assert 'name="citations-1-url"' in more.content.decode()
    assert "There is a problem" not in more.content.decode()
    assert not Analysis.objects.exists()


def test_partisan_words_are_shown_to_the_reviewer(cast: Cast):
    row = draft(cast, body="The Democratic Party wrote it.")

    assert "democratic party" in browser_of(cast.dana).get(row.get_absolute_url()).content.decode()


def test_the_peer_library_is_everybodys_and_found_whatever_the_accents(cast: Cast):
    lesson(cast, title="Réunir les infirmières").issues.add(issue())
    lesson(cast, title="Ask the scheduler")
    sam, url = browser_of(cast.sam), address("lesson_list")

    def shown(query: str) -> list[bool]:
        page = sam.get(f"{url}?{query}").content.decode()
        return [title in page for title in ("Réunir les infirmières", "Ask the scheduler")]

    assert shown("q=reunir infirmieres") == [True, False]
    assert shown(f"issue={issue().pk}") == [True, False]
    assert shown("chapter=nonsense") == [True, True]
    assert "Réunir" in sam.get("/search/?q=infirmieres").content.decode()


def test_a_lesson_is_told_once_and_changed_by_its_chapter(cast: Cast):
    said = {
        "title": "Ask first", "chapter": cast.gulf_prairie.pk, "problem": "None.", "what_we_did": "Asked.",
        "what_changed": "All.", "language": "en", "form_key": "9a1a39a8-74f5-4cbb-8dd5-8eb5fcafa9f9",
    }  # fmt: skip
    for _twice in range(2):
        browser_of(cast.priya).post(address("lesson_new"), said)
    row = Lesson.objects.get()
    browser_of(cast.dana).post(address("lesson_edit", row.pk), said | {"title": "Ask them first"})

    assert browser_of(cast.luis).get(address("lesson_edit", row.pk)).status_code == 404
    row.refresh_from_db()
    assert (row.title, row.written_by) == ("Ask them first", cast.priya)


@pytest.mark.parametrize("count", [1, 3])
def test_an_activity_asks_the_same_number_of_questions_for_one_of_each_and_for_three(
    cast: Cast, django_assert_num_queries, count: int
):
    activity = conversation(cast, participants=12)
    for number in range(count):
        quote(activity, f"Quote {number}")
        row = finding(activity, f"Finding {number}")
        FindingUse.objects.create(finding=row, material="Brief", used_on="2027-02-08", recorded_by=cast.dana)
        activity.themes.create(label=f"Theme {number}", raised_by=6, issue=issue())
        activity.groups.create(label=f"Group {number}", count=4)
    browser = browser_of(cast.dana)
    browser.get(activity.get_absolute_url())

    with django_assert_num_queries(18):
        browser.get(activity.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "number"), [("activity_list", 10), ("analysis_list", 10), ("lesson_list", 11)]
)
def test_a_list_asks_the_same_number_of_questions_for_one_row_and_for_three(
    cast: Cast, django_assert_num_queries, count: int, name: str, number: int
):
    for n in range(count):
        conversation(cast)
        published(draft(cast, title=f"Bills {n}"), cast.dana, reviewer=cast.jordan)
        lesson(cast)
    browser = browser_of(cast.dana)
    browser.get(address(name))

    with django_assert_num_queries(number):
        browser.get(address(name))


def test_a_finding_used_in_a_material_on_file_is_found_from_the_material_and_the_issue(cast: Cast):
    row, material = finding(conversation(cast)), paper(cast, issue=issue())
    written_out(material)
    said = {"used_on": "2027-02-08", "material_on_file": material.pk}
    browser = browser_of(cast.dana)
    browser.post(row.get_absolute_url(), said)

    assert FindingUse.objects.get().material_on_file == material
    assert material.get_absolute_url() in browser.get(row.get_absolute_url()).content.decode()
    assert row.get_absolute_url() in browser.get(material.get_absolute_url()).content.decode()
    about = browser.get(address("issue_detail", issue().pk)).content.decode()
    assert material.get_absolute_url() in about
