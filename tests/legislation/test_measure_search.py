"""Measures are found by number however it is spelled, then by title, summary and history, on either engine alike."""

from datetime import date

import pytest
from django.db import connection

from legislation import measure_ranking
from legislation.measure_ranking import best
from legislation.measure_search import index_measures
from legislation.models import Measure, MeasureAction, MeasureText, Stage
from tests.factories.measures import measure, stepped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = date(2027, 2, 1)


def acted(bill: Measure, text: str, on: date = DAY, **fields: str) -> None:
    MeasureAction.objects.create(measure=bill, order=bill.actions.count(), on=on, text=text, **fields)
    index_measures([bill.pk])


def found(text: str) -> list[str]:
    return [bill.number for bill in Measure.objects.search(text).by_relevance(text)]


@pytest.mark.parametrize(
    "text", ["hb 126", "HB0126", "h.b. 126", "hb126", "HB-126", " hb  0126 ", "126", "0126", "hb 12", "hb"]
)
def test_a_number_is_found_however_it_is_spelled(text: str):
    measure("HB0126")
    measure("SB 99")

    assert found(text) == ["HB0126"]


def test_that_very_number_comes_before_one_that_begins_with_it_and_before_words_elsewhere():
    measure("SB 7", summary_en="Companion to HB 12")
    measure("HB 126")
    measure("HB 12")

    assert found("hb 12") == ["HB 12", "HB 126", "SB 7"]


def test_words_in_a_title_come_before_those_in_a_summary_and_those_in_the_history_last():
    acted(measure("HB 1"), "Referred to the committee on telehealth")
    measure("HB 2", summary_en="Pays for telehealth visits")
    measure("HB 3", subjects="Insurance\nTelehealth")
    measure("HB 4", short_name="Telehealth parity")
    measure("HB 5", other_titles="An act about roads\nTelehealth Modernization Act")
    measure("HB 6")

    assert found("telehealth") == ["HB 4", "HB 5", "HB 2", "HB 3", "HB 1"]


def test_all_words_count_wherever_each_of_them_stands():
    acted(measure("HB 1", short_name="Telehealth parity"), "Referred to Appropriations")
    acted(measure("HB 2", short_name="Telehealth parity"), "Referred to Insurance")

    assert found("appropriations telehealth") == ["HB 1"]


def test_of_equal_rank_the_newest_action_comes_first():
    acted(measure("HB 1", short_name="Telehealth"), "Filed", date(2027, 1, 5))
    acted(measure("HB 2", short_name="Telehealth"), "Filed", date(2027, 1, 9))
    measure("HB 3", short_name="Telehealth")

    assert found("telehealth") == ["HB 2", "HB 1", "HB 3"]


@pytest.mark.parametrize("text", ["sante", "santé", "SANTÉ", "l'hopital", "sante hop", "electronique"])
def test_accents_and_case_do_not_matter(text: str):
    acted(measure("C-72", title_fr="Loi sur la santé et l’hôpital"), "Tabled", text_fr="Dépôt électronique")

    assert found(text) == ["C-72"]


def test_the_last_word_may_be_unfinished_and_those_before_it_may_not():
    measure("HB 1", short_name="Electronic prescribing")

    assert [found(text) for text in ("electronic presc", "elec", "elec prescribing")] == [
        ["HB 1"],
        ["HB 1"],
        [],
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "&",
        "((((",
        "!telehealth:*",
        "telehealth OR 1=1",
        "NEAR(telehealth parity)",
        'words:"telehealth"',
        "-telehealth ^parity",
        "telehealth' | '1",
        "telehealth\\",
        "%_*",
        "x" * 10_000,
        "telehealth " * 1_000,
        "\x00",
        "tele\x00health",
        "ﷺ 𝔘𝔫𝔦 👩‍⚕️ ٣",
        "1e5 0x1 12e5x",
    ],
)
def test_hostile_input_is_only_text(text: str):
    measure("HB 1", short_name="Telehealth parity")
    measure("HB 2", short_name="Or near words")

    assert set(found(text)) <= {"HB 1"}


def test_a_search_without_a_letter_or_a_digit_finds_nothing_and_no_search_finds_all():
    measure("HB 1")

    assert (found("&|!"), found(""), found("  ")) == ([], ["HB 1"], ["HB 1"])


def test_words_of_other_scripts_and_of_any_length_are_found():
    measure("HB 1", title_fr="Закон о здоровье ᐃᓄᒃᑎᑐᑦ 健康")
    measure("HB 2", short_name="x" * 60)

    assert [found(text) for text in ("здоровье", "ᐃᓄᒃᑎᑐᑦ", "健康", "x" * 60)] == [
        ["HB 1"],
        ["HB 1"],
        ["HB 1"],
        ["HB 2"],
    ]


def test_what_is_changed_is_found_by_its_new_words_and_not_by_its_old_ones():
    bill = measure("HB 1", short_name="Telehealth")
    bill.short_name = "Broadband"
    bill.save()

    assert (found("telehealth"), found("broadband")) == ([], ["HB 1"])


def test_an_action_that_is_taken_back_is_no_longer_found():
    bill = measure("HB 1")
    acted(bill, "Recommitted to Rules")
    bill.actions.all().delete()
    index_measures([bill.pk])

    assert found("recommitted") == []
    assert Measure.objects.get().last_action is None


def test_what_is_deleted_is_gone_from_the_index():
    bill = measure("HB 1", short_name="Telehealth")
    bill.delete()

    assert found("telehealth") == []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO legislation_measuretext_words(legislation_measuretext_words) VALUES ('integrity-check')"
            )


def test_rows_written_in_bulk_are_found_once_they_are_indexed():
    bill = measure("HB 1")
    Measure.objects.filter(pk=bill.pk).update(title_en="Interoperability")
    unknown = bill.pk + 1_000

    before = found("interoperability")
    index_measures(iter([bill.pk, unknown]))

    assert (before, found("interoperability")) == ([], ["HB 1"])


def test_thousands_of_actions_fit_and_the_newest_are_kept():
    bill = measure("HB 1")
    MeasureAction.objects.bulk_create(
        MeasureAction(measure=bill, order=order, on=DAY, text=f"Amendment {'é' * 30}{order}a offered")
        for order in range(8_000)
    )
    index_measures([bill.pk])

    newest, oldest = f"{'e' * 30}7999a", f"{'e' * 30}0a"
    assert (found(newest), found(oldest), found("HB 1")) == (["HB 1"], [], ["HB 1"])


def test_the_last_action_is_the_newest_line_or_else_the_newest_stage():
    bill = measure("HB 1")
    stepped(bill, Stage.INTRODUCED, date(2027, 1, 12))
    index_measures([bill.pk])
    by_stage = Measure.objects.get().last_action
    acted(bill, "Read first time", date(2027, 1, 11))

    assert (by_stage, Measure.objects.get().last_action) == (date(2027, 1, 12), date(2027, 1, 11))


def test_only_a_change_counts_as_one(clock):
    bill = measure("HB 1")
    first = MeasureText.objects.get().changed_at
    clock.shift(3600)
    index_measures([bill.pk])
    unchanged = MeasureText.objects.get().changed_at
    acted(bill, "Read first time")

    text = MeasureText.objects.get()
    assert (unchanged, text.added_at, text.changed_at > first) == (first, first, True)
    assert [list(Measure.objects.changed_since(one)) for one in (first, text.changed_at)] == [[bill], []]


def test_indexing_costs_the_same_for_one_measure_and_for_many(django_assert_num_queries):
    keys = [measure(f"HB {number}").pk for number in range(1, 31)]

    for some in (keys[:1], keys):
        MeasureText.objects.all().delete()
        with django_assert_num_queries(7):
            index_measures(some)


def test_the_best_of_very_many_are_those_that_ranking_them_all_would_put_first(monkeypatch):
    for number in range(1, 9):
        acted(measure(f"HB {number}"), "Read first time in the House", date(2027, 1, number))
    measure("HB 9", summary_en="First of the House")
    measure("HB 10", short_name="First House")
    measure("SB 1", short_name="First")
    text, every = "house first", Measure.objects.all()
    ranked = list(every.search(text).by_relevance(text).values_list("pk", "rank"))
    monkeypatch.setattr(measure_ranking, "FEW", 2)

    answers = [best(every, text, number) for number in (1, 2, 4, 20)]

    assert [list(one.ranks.items()) for one in answers] == [ranked[:number] for number in (1, 2, 4, 20)]
    assert {one.count for one in answers} == {len(ranked)} == {10}


def test_a_filter_narrows_the_best_of_very_many_too(monkeypatch):
    for number in range(1, 7):
        measure(f"HB {number}", short_name="Telehealth", kind="bill" if number % 2 else "resolution")
    monkeypatch.setattr(measure_ranking, "FEW", 1)

    odd = best(Measure.objects.filter(kind="bill"), "telehealth", 2)

    assert [Measure.objects.get(pk=pk).number for pk in odd.ranks] == ["HB 1", "HB 3"]
    assert odd.count == 3
