""" "This is wrong": sent once, answered once by staff, and the reporter hears it."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from legislation.actions import fact_reports
from legislation.actions.fact_reports import AlreadyDecided
from legislation.models import Block, Correction, FactReport, Office, Official, Staffer
from tests.cast import TODAY, Cast, browser_of
from tests.legislation.admin_form import form_of, name_of
from tests.legislation.importing import imported, official
from tests.legislation.proposing import SOURCE
from tests.legislation.upstream import ALBA, STATES, copy_of, rewrite, texas

OLD, NEW = "512-555-0131", "512-555-7777"


@pytest.fixture
def states(cast: Cast, tmp_path):
    folder = copy_of(STATES, tmp_path)
    imported(SOURCE, folder, on=TODAY)
    return folder


@pytest.fixture
def alba(states) -> Official:
    return official("Alba Ferrante")


def filled(**changes) -> dict[str, str]:
    """The form as somebody sends it."""
    said = {"block": "contact", "wrong": "The number is dead.", "suggestion": f"It is {NEW}."}
    return said | {"known_from": "https://house.example/ferrante", "form_key": str(uuid4())} | changes


def send(browser: Client, person: Official, **changes):
    return browser.post(reverse("legislation:report_new", args=[person.pk]), filled(**changes), follow=True)


def reported(by: User, person: Official, block: Block = Block.CONTACT, wrong: str = "Dead.") -> FactReport:
    said = {"wrong": wrong, "suggestion": f"It is {NEW}."}
    made, _is_new = fact_reports.report(person, block, by=by, now=timezone.now(), form_key=uuid4(), **said)
    return made


def admin_page(report: FactReport, act: str = "change") -> str:
    return reverse(f"admin:legislation_factreport_{act}", args=[report.pk])


@pytest.mark.parametrize("who", ["sam", "dana", "tom", "jordan"])
def test_whoever_sees_the_profile_may_report_and_finds_it_among_their_reports(
    cast: Cast, alba: Official, who: str
):
    browser = browser_of(getattr(cast, who))
    page = browser.get(alba.get_absolute_url()).content.decode()
    assert page.count("This is wrong") == 5

    answer = send(browser, alba)

    assert "You reported on Feb. 9, 2027 that something is wrong here." in answer.content.decode()
    row = FactReport.objects.get()
    assert (row.reported_by, row.block, row.state) == (getattr(cast, who), "contact", "open")
    mine = browser.get(reverse("legislation:report_list")).content.decode()
    assert "The number is dead." in mine
    assert "Waiting for an answer" in mine


def test_the_form_begins_with_the_part_whose_link_was_pressed(cast: Cast, alba: Official):
    page = browser_of(cast.dana).get(reverse("legislation:report_new", args=[alba.pk]), {"block": "term"})

    assert page.context["form"]["block"].value() == "term"


def test_sending_the_same_form_twice_makes_one_report(cast: Cast, alba: Official):
    browser, key = browser_of(cast.dana), str(uuid4())

    send(browser, alba, form_key=key)
    again = send(browser, alba, form_key=key)

    assert FactReport.objects.count() == 1
    assert "This report has been sent already." in again.content.decode()
    assert Entry.objects.filter(verb="reported").count() == 1


def test_the_key_of_somebody_elses_form_makes_a_report_of_ones_own(cast: Cast, alba: Official):
    key = str(uuid4())
    send(browser_of(cast.dana), alba, form_key=key)

    send(browser_of(cast.luis), alba, form_key=key)

    assert set(FactReport.objects.values_list("reported_by", flat=True)) == {cast.dana.pk, cast.luis.pk}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("wrong", " "),
        ("suggestion", ""),
        ("block", "shoe size"),
        ("known_from", "javascript:alert(1)"),
        ("form_key", "x"),
        ("wrong", "x" * 1001),
    ],
)
def test_half_a_report_is_not_sent_and_keeps_what_was_typed(cast: Cast, alba: Official, field, value):
    answer = send(browser_of(cast.dana), alba, **{field: value})

    assert answer.status_code == 422
    assert not FactReport.objects.exists()
    assert field == "suggestion" or f"It is {NEW}." in answer.content.decode()


def test_a_report_is_seen_by_its_author_and_by_staff_only(cast: Cast, alba: Official):
    reported(cast.dana, alba, wrong="Secretly dead.")

    for person in (cast.luis, cast.sam, cast.tom, cast.angela, cast.priya):
        browser = browser_of(person)
        pages = [browser.get(reverse("legislation:report_list")), browser.get(alba.get_absolute_url())]
        assert not FactReport.objects.visible_to(person).exists()
        assert not any("Secretly dead." in page.content.decode() for page in pages)
        assert not any("You reported" in page.content.decode() for page in pages)
    for person in (cast.dana, cast.jordan):
        assert FactReport.objects.visible_to(person).count() == 1


def test_the_queue_lists_open_reports_first_with_their_age(cast: Cast, alba: Official, clock):
    answered = reported(cast.luis, alba)
    fact_reports.reject(answered, by=cast.jordan, now=timezone.now(), reason="It works.")
    clock.shift(timedelta(days=1))
    waiting = reported(cast.dana, alba)
    clock.shift(timedelta(days=3))

    page = browser_of(cast.jordan).get(reverse("admin:legislation_factreport_changelist"))

    assert list(page.context["cl"].queryset) == [waiting, answered]
    text = page.content.decode()
    assert "3 days" in text
    assert "Dana Whitfield" in text
    only_open = browser_of(cast.jordan).get(
        reverse("admin:legislation_factreport_changelist"), {"state": "open"}
    )
    assert list(only_open.context["cl"].queryset) == [waiting]


def test_home_tells_staff_how_many_reports_wait_and_nobody_else(cast: Cast, alba: Official):
    reported(cast.dana, alba)

    pages = {who: browser_of(getattr(cast, who)).get("/").content.decode() for who in ("jordan", "dana")}

    assert "One report waits for an answer." in pages["jordan"]
    assert "waits for an answer" not in pages["dana"]


def test_staff_see_what_the_record_says_beside_what_was_reported(cast: Cast, alba: Official):
    report = reported(cast.dana, alba)
    browser = browser_of(cast.jordan)

    before = browser.get(admin_page(report)).content.decode()
    Office.objects.filter(official=alba).update(phone="512-555-0999")
    after = browser.get(admin_page(report)).content.decode()

    assert OLD in before
    assert NEW in before
    assert "This has changed since it was reported." not in before
    assert "512-555-0999" in after
    assert "This has changed since it was reported." in after


def correct_in_admin(browser: Client, report: FactReport, person: Official, **values: str):
    """From the report to the official's form, with its prefilled reason, and saved with these values."""
    url = f"{reverse('admin:legislation_official_change', args=[person.pk])}?report={report.pk}"
    sent = form_of(browser, url)
    assert sent["correction_reason"] == f"Reported: {report.suggestion}"
    changed = {name_of(sent, old): new for old, new in values.items()}
    return browser.post(url, sent | changed, follow=True)


def test_accepting_leads_to_a_correction_with_the_reason_and_the_reporter_is_told(
    cast: Cast, alba: Official, mailoutbox, django_capture_on_commit_callbacks
):
    report = reported(cast.dana, alba)
    browser = browser_of(cast.jordan)
    assert f"?report={report.pk}" in browser.get(admin_page(report)).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        saved = correct_in_admin(browser, report, alba, **{OLD: NEW})

    report.refresh_from_db()
    assert saved.redirect_chain[-1][0] == admin_page(report)
    assert (report.state, report.decided_by, report.answer) == ("corrected", cast.jordan, f"phone: {NEW}")
    correction = Correction.objects.get()
    assert (correction.report, correction.corrected) == (report, {"phone": NEW})
    page = browser_of(cast.dana).get(alba.get_absolute_url()).content.decode()
    assert NEW in page
    assert f"Corrected by staff on Feb. 9, 2027: phone (Reported: It is {NEW}.)" in page
    assert "Dana Whitfield" not in browser_of(cast.luis).get(alba.get_absolute_url()).content.decode()
    (message,) = mailoutbox
    assert message.to == [cast.dana.email]
    assert f"phone: {NEW}" in message.body
    assert "Accepted: corrected" in message.alternatives[0].content


def test_a_form_saved_without_a_change_leaves_the_report_open(cast: Cast, alba: Official):
    report = reported(cast.dana, alba)

    saved = correct_in_admin(browser_of(cast.jordan), report, alba)

    assert "the report still waits" in saved.content.decode()
    report.refresh_from_db()
    assert report.is_open()


def test_what_staff_change_in_a_row_of_their_own_counts_as_put_right_by_hand(cast: Cast, alba: Official):
    Office.objects.create(official=alba, kind="district", phone="713-555-0100")
    report = reported(cast.dana, alba)

    correct_in_admin(browser_of(cast.jordan), report, alba, **{"713-555-0100": "713-555-0200"})

    report.refresh_from_db()
    assert report.state == "by_hand"
    assert not Correction.objects.exists()


def test_a_report_about_another_official_is_not_answered_by_this_form(cast: Cast, alba: Official):
    report = reported(cast.dana, official("Bảo Nguyễn"))
    url = f"{reverse('admin:legislation_official_change', args=[alba.pk])}?report={report.pk}"
    browser = browser_of(cast.jordan)
    sent = form_of(browser, url) | {"suffix": "Jr.", "correction_reason": "On her card."}

    browser.post(url, sent)

    report.refresh_from_db()
    assert report.is_open()


def test_what_corrections_do_not_cover_is_put_right_by_hand(cast: Cast, alba: Official):
    Staffer.objects.create(official=alba, name="Kim Ito")
    report = reported(cast.dana, alba, Block.STAFF)
    browser = browser_of(cast.jordan)
    page = browser.get(admin_page(report)).content.decode()

    nothing_said = browser.post(admin_page(report, "by_hand"), {"by_hand_form-answer": " "})
    assert (nothing_said.status_code, FactReport.objects.open().count()) == (200, 1)
    browser.post(admin_page(report, "by_hand"), {"by_hand_form-answer": "Kim has left; so it says now."})

    report.refresh_from_db()
    assert f"?report={report.pk}" not in page
    assert (report.state, report.answer) == ("by_hand", "Kim has left; so it says now.")


def test_a_rejection_needs_a_reason_and_the_reporter_reads_it(
    cast: Cast, alba: Official, mailoutbox, django_capture_on_commit_callbacks
):
    report = reported(cast.dana, alba)
    browser = browser_of(cast.jordan)

    refused = browser.post(admin_page(report, "reject"), {"reject_form-answer": ""})
    assert "This field is required." in refused.content.decode()
    assert FactReport.objects.open().exists()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(admin_page(report, "reject"), {"reject_form-answer": "The office confirmed the number."})

    mine = browser_of(cast.dana).get(reverse("legislation:report_list")).content.decode()
    assert "Rejected" in mine
    assert "The office confirmed the number." in mine
    assert "The office confirmed the number." in mailoutbox[0].body
    assert Entry.objects.about(report).filter(verb="answered", actor=cast.jordan).exists()


def test_the_first_decision_stands_with_two_of_the_staff_at_once(cast: Cast, alba: Official):
    report = reported(cast.dana, alba)
    browser = browser_of(cast.jordan)
    url = f"{reverse('admin:legislation_official_change', args=[alba.pk])}?report={report.pk}"
    sent = form_of(browser, url)
    stale = FactReport.objects.get(pk=report.pk)
    fact_reports.reject(report, by=cast.jordan, now=timezone.now(), reason="It works.")

    with pytest.raises(AlreadyDecided):
        fact_reports.accept_by_hand(stale, by=cast.jordan, now=timezone.now(), note="Done.")
    late = browser.post(admin_page(report, "by_hand"), {"by_hand_form-answer": "Done."}, follow=True)
    later = browser.post(url, sent | {name_of(sent, OLD): NEW}, follow=True)

    report.refresh_from_db()
    for page in (late, later):
        assert "Somebody has answered this report already" in page.content.decode()
    assert (report.state, report.answer) == ("rejected", "It works.")
    assert Correction.objects.get().report is None


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_the_same_moment_make_one(cast: Cast, alba: Official):
    report = reported(cast.dana, alba)
    barrier, outcomes = Barrier(2), []

    def decide(act: Callable[[FactReport], None]) -> None:
        barrier.wait()
        try:
            act(FactReport.objects.get(pk=report.pk))
            outcomes.append("decided")
        except AlreadyDecided:
            outcomes.append("too late")
        finally:
            connection.close()

    now = timezone.now()
    acts: list[Callable[[FactReport], None]] = [
        lambda row: fact_reports.reject(row, by=cast.jordan, now=now, reason="No."),
        lambda row: fact_reports.accept_by_hand(row, by=cast.jordan, now=now, note="Done."),
    ]
    threads = [Thread(target=decide, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["decided", "too late"]
    assert Entry.objects.about(report).filter(verb="answered").count() == 1


def test_a_mail_server_that_fails_undoes_no_decision(
    cast: Cast, alba: Official, smtp_sink, django_capture_on_commit_callbacks
):
    smtp_sink.refused.add(cast.dana.email)
    report = reported(cast.dana, alba)

    with django_capture_on_commit_callbacks(execute=True):
        fact_reports.reject(report, by=cast.jordan, now=timezone.now(), reason="It works.")

    report.refresh_from_db()
    assert report.state == "rejected"
    assert smtp_sink.messages == []


def test_the_answer_comes_in_the_language_of_the_reporter(
    cast: Cast, alba: Official, mailoutbox, django_capture_on_commit_callbacks
):
    report = reported(cast.elise, alba)

    with django_capture_on_commit_callbacks(execute=True):
        fact_reports.reject(report, by=cast.jordan, now=timezone.now(), reason="It works.")

    assert mailoutbox[0].body.startswith("Bonjour Élise Côté")


def test_the_reason_names_nobody_and_fits_its_field(cast: Cast, alba: Official):
    report = reported(cast.dana, alba)
    report.known_from = "https://house.example/" + "x" * 300
    assert fact_reports.reason_for_correcting(report) == f"Reported: It is {NEW}."
    report.suggestion = "long " * 150
    assert len(fact_reports.reason_for_correcting(report)) == 300


def test_a_correction_born_of_a_report_survives_three_imports_and_its_review_shows_both_values(
    cast: Cast, states, alba: Official
):
    report = reported(cast.dana, alba)
    correct_in_admin(browser_of(cast.jordan), report, alba, **{OLD: NEW})

    for number in (1, 2, 3):
        said = "512-555-0888" if number == 3 else OLD
        rewrite(
            texas(states) / ALBA,
            lambda content, number=number, said=said: (
                content.update(birth_date=f"1970-03-{number:02}"),
                content["offices"][0].update(voice=said),
                content,
            )[-1],
        )
        imported(SOURCE, states, on=TODAY + timedelta(days=number))
        assert list(Office.objects.filter(official=alba).values_list("phone", flat=True)) == [NEW]

    correction = Correction.objects.for_review().get()
    page = browser_of(cast.jordan).get(reverse("admin:legislation_correction_changelist")).content.decode()
    assert correction.report == report
    for shown in (NEW, OLD, "512-555-0888"):
        assert shown in page


@pytest.mark.parametrize("rows", [1, 3])
def test_ones_reports_cost_the_same_however_many(
    cast: Cast, alba: Official, rows: int, django_assert_num_queries
):
    for _number in range(rows):
        reported(cast.dana, alba)
    browser = browser_of(cast.dana)
    url = reverse("legislation:report_list")

    with django_assert_num_queries(11):
        browser.get(url)
