"""Saying "I checked this today", and for how long that counts."""

from datetime import date, timedelta

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone

from advocacy.audit.models import Entry
from legislation.actions import fact_checks
from legislation.actions.fact_checks import FactsHaveChanged, MayNotCheck
from legislation.models import Block, FactCheck, Office, Official
from legislation.profile_facts import ProfileFacts
from legislation.provenance import Provenance, Provenances
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes
from tests.legislation.importing import imported, official
from tests.legislation.proposing import SOURCE, new_number
from tests.legislation.upstream import STATES, copy_of


@pytest.fixture
def reyes(cast: Cast) -> Official:
    person = alma_reyes()
    Office.objects.create(official=person, address="100 Congress Ave", phone="512-555-0131")
    return person


@pytest.fixture
def alba(cast: Cast, tmp_path):
    """An imported official, and the upstream folder she came from."""
    folder = copy_of(STATES, tmp_path)
    imported(SOURCE, folder, on=TODAY)
    return official("Alba Ferrante"), folder


def seen(person: Official, block: Block = Block.CONTACT, on: date = TODAY) -> str:
    return ProfileFacts(Official.objects.with_seats().get(pk=person.pk), on).fingerprint(block)


def checked(person: Official, by, block: Block = Block.CONTACT) -> FactCheck:
    mark = seen(person, block)
    return fact_checks.check(person, block, by=by, now=timezone.now(), seen=mark)


def under(person: Official, reader, block: Block = Block.CONTACT, on: date = TODAY) -> Provenance:
    """What stands under a block of the profile for this reader."""
    fresh = Official.objects.with_seats().get(pk=person.pk)
    return Provenances(ProfileFacts(fresh, on), reader).of(block)


def press(browser, person: Official, name: str = "fact_check", block: str = "contact", mark: str = ""):
    sent = {"block": block, "fingerprint": mark or seen(person)}
    return browser.post(reverse(f"legislation:{name}", args=[person.pk]), sent, follow=True)


def test_an_advocate_checks_with_one_press_and_the_profile_names_the_chapter_and_no_person(
    cast: Cast, reyes: Official
):
    press(browser_of(cast.dana), reyes)

    text = browser_of(cast.luis).get(reyes.get_absolute_url()).content.decode()
    assert "Verified on Feb. 9, 2027 by Gulf Prairie" in text
    assert "Dana Whitfield" not in text
    row = FactCheck.objects.get()
    assert (row.checked_by, row.checked_for, row.checked_on, row.block) == (
        cast.dana, "Gulf Prairie", TODAY, "contact",
    )  # fmt: skip
    assert Entry.objects.about(row).get().verb == "checked"


def test_a_check_by_staff_says_national_staff(cast: Cast, reyes: Official):
    press(browser_of(cast.jordan), reyes)

    text = browser_of(cast.dana).get(reyes.get_absolute_url()).content.decode()
    assert "Verified on Feb. 9, 2027 by national staff" in text


@pytest.mark.parametrize("who", ["sam", "priya", "chris", "tom", "angela"])
def test_nobody_else_is_asked_to_check_or_can(cast: Cast, reyes: Official, who: str):
    browser = browser_of(getattr(cast, who))

    page = browser.get(reyes.get_absolute_url()).content.decode()

    assert "I checked this today" not in page
    assert press(browser, reyes).status_code == 404
    with pytest.raises(MayNotCheck):
        checked(reyes, getattr(cast, who))
    assert not FactCheck.objects.exists()


def test_checking_changes_no_value_of_the_record(cast: Cast, alba):
    person, _folder = alba
    before = [list(model.objects.order_by("pk").values()) for model in _imported_tables()]

    for block in Block:
        checked(person, cast.dana, block)

    assert [list(model.objects.order_by("pk").values()) for model in _imported_tables()] == before


def _imported_tables() -> list[type[models.Model]]:
    return [Official, Office, *(one.related_model for one in Official._meta.related_objects if _is_fact(one))]


def _is_fact(relation) -> bool:
    return relation.related_model._meta.model_name in {"tenure", "contactpoint", "partyaffiliation"}


def test_pressing_twice_is_one_check(cast: Cast, reyes: Official):
    browser = browser_of(cast.dana)

    press(browser, reyes)
    press(browser, reyes)

    assert FactCheck.objects.count() == 1
    assert Entry.objects.filter(verb="checked").count() == 1


def test_whoever_checked_takes_it_back_the_same_day_and_the_row_stays(cast: Cast, reyes: Official):
    browser = browser_of(cast.dana)
    press(browser, reyes)
    assert under(reyes, cast.dana).may_withdraw

    press(browser, reyes, "fact_check_withdraw")

    assert FactCheck.objects.get().withdrawn_at is not None
    assert under(reyes, cast.dana).check is None
    assert under(reyes, cast.dana).may_check
    press(browser, reyes)
    assert FactCheck.objects.standing().count() == 1


def test_nobody_takes_back_the_check_of_another_or_of_yesterday(cast: Cast, reyes: Official, clock):
    press(browser_of(cast.dana), reyes)

    press(browser_of(cast.luis), reyes, "fact_check_withdraw")
    clock.shift(timedelta(days=1))
    press(browser_of(cast.dana), reyes, "fact_check_withdraw")

    assert FactCheck.objects.standing().count() == 1


def test_what_changed_since_the_page_was_opened_is_not_checked(cast: Cast, reyes: Official):
    mark = seen(reyes)
    Office.objects.update(phone="512-555-0999")

    page = press(browser_of(cast.dana), reyes, mark=mark)

    assert "The record has changed since you opened this page." in page.content.decode()
    with pytest.raises(FactsHaveChanged):
        fact_checks.check(reyes, Block.CONTACT, by=cast.dana, now=timezone.now(), seen=mark)
    assert not FactCheck.objects.exists()


def test_an_import_that_changes_the_block_makes_the_check_old_and_one_that_does_not_keeps_it(
    cast: Cast, alba
):
    person, folder = alba
    for block in (Block.CONTACT, Block.TERM):
        checked(person, cast.dana, block)

    new_number(folder)
    imported(SOURCE, folder, on=TODAY + timedelta(days=1))

    assert under(person, cast.dana, Block.CONTACT).check is None
    kept = under(person, cast.dana, Block.TERM).check
    assert kept is not None
    assert kept.checked_on == TODAY
    assert FactCheck.objects.standing().count() == 2


def test_an_import_that_brings_the_facts_back_makes_the_check_count_again(cast: Cast, alba):
    person, folder = alba
    checked(person, cast.dana)
    new_number(folder)
    imported(SOURCE, folder, on=TODAY + timedelta(days=1))

    new_number(folder, number="512-555-0131")
    imported(SOURCE, folder, on=TODAY + timedelta(days=2))

    assert under(person, cast.dana).check is not None


def test_the_newest_check_that_still_holds_is_shown(cast: Cast, reyes: Official, clock):
    checked(reyes, cast.dana)
    clock.shift(timedelta(days=3))
    fresh = fact_checks.check(
        reyes, Block.CONTACT, by=cast.luis, now=timezone.now(), seen=seen(reyes, on=TODAY + timedelta(days=3))
    )

    assert under(reyes, cast.sam, on=TODAY + timedelta(days=3)).check == fresh


def test_a_part_that_does_not_exist_is_missing(cast: Cast, reyes: Official):
    assert press(browser_of(cast.dana), reyes, block="shoe size").status_code == 404


def test_staff_read_who_checked_in_the_admin(cast: Cast, reyes: Official):
    checked(reyes, cast.dana)

    page = browser_of(cast.jordan).get(reverse("admin:legislation_factcheck_changelist"))

    assert "Dana Whitfield" in page.content.decode()
