"""Chapters, teams, people, and one's own profile."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from advocacy.accounts.models import Language, User
from advocacy.audit.models import Entry
from members.models import TermsAcceptance
from members.profile_panels import Panel, chapter_panels, panels_of
from members.terms import TERM_KEYS, TERMS_VERSION
from tests.cast import Cast, browser_of
from tests.factories.people import (
    ChapterFactory,
    JurisdictionTeamFactory,
    advocate_of,
    covers,
    president_of,
    state,
    volunteer_of,
)

ADDRESSES = ["members:chapter_list", "members:person_list", "members:profile", "members:terms"]


def text_of(browser: Client, name: str, *args: Any, **query: Any) -> str:
    answer = browser.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("name", [*ADDRESSES, "members:invitation_list", "members:person_suggest"])
def test_without_signing_in_no_page_opens(cast: Cast, name: str):
    address = reverse(name)

    answer = Client().get(address)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/account/login/?next={address}")


# --- chapters ---


def test_chapters_are_listed_with_territory_and_advocates(cast: Cast):
    page = text_of(browser_of(cast.dana), "members:chapter_list")

    for words in ("Gulf Prairie", "Texas (part)", "Luis Ortega", "District of Columbia, Maryland (part)"):
        assert words in page
    assert "No advocate" not in page


def test_a_chapter_without_an_advocate_is_marked(cast: Cast):
    ChapterFactory(name="Lone Star West", region=cast.southern)

    assert "No advocate" in text_of(browser_of(cast.dana), "members:chapter_list", q="lone")


def test_a_member_is_not_told_the_names_of_other_chapters_advocates(cast: Cast):
    page = text_of(browser_of(cast.sam), "members:chapter_list")

    assert "Dana Whitfield" in page
    assert "Luis Ortega" not in page
    assert "Has an advocate" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "quebec"}, ["Saint-Laurent"]),
        ({"q": "TX"}, ["Gulf Prairie", "Hill Country"]),
        ({"q": "saint laurent"}, ["Saint-Laurent"]),
        ({"q": "texas hill"}, ["Hill Country"]),
        ({"q": "nowhere"}, []),
        (
            {"region": "x"},
            ["Cascadia North", "Saint-Laurent", "Three Capitals", "Gulf Prairie", "Hill Country"],
        ),
    ],
)
def test_chapters_are_found_by_name_or_place(cast: Cast, query: dict[str, str], found: list[str]):
    answer = browser_of(cast.dana).get(reverse("members:chapter_list"), query)

    assert [chapter.name for chapter in answer.context["chapters"]] == found


def test_chapters_are_narrowed_to_a_region_and_the_filter_can_be_removed(cast: Cast):
    answer = browser_of(cast.dana).get(
        reverse("members:chapter_list"), {"region": cast.southern.pk, "q": "tx"}
    )

    assert [chapter.name for chapter in answer.context["chapters"]] == ["Gulf Prairie", "Hill Country"]
    chips = answer.context["active"]
    assert [(chip.label, chip.remove_url) for chip in chips] == [
        ("Name or place: tx", f"?region={cast.southern.pk}"),
        ("Region: Southern", "?q=tx"),
    ]


def test_a_chapters_page_shows_territory_people_and_neighbours(cast: Cast):
    page = text_of(browser_of(cast.dana), "members:chapter_detail", "gulf-prairie")

    for words in ("Harris, Galveston", "770, 775", "Chris Lang", "Hill Country", "Texas team"):
        assert words in page
    assert "Mia Former" not in page


def test_a_chapters_page_names_people_the_weightiest_role_first(cast: Cast):
    answer = browser_of(cast.dana).get(reverse("members:chapter_detail", args=["gulf-prairie"]))

    assert [role.person for role in answer.context["roles"]] == [cast.chris, cast.dana, cast.priya, cast.sam]


def test_tax_facts_are_for_the_chapter_and_those_above_it(cast: Cast):
    cast.gulf_prairie.tax_number = "12-3456789"
    cast.gulf_prairie.legal_name = "Gulf Prairie Inc."
    cast.gulf_prairie.save()

    for person in (cast.dana, cast.chris, cast.tom, cast.angela, cast.jordan):
        assert "12-3456789" in text_of(browser_of(person), "members:chapter_detail", "gulf-prairie")
    for person in (cast.luis, cast.sam, cast.noor):
        assert "12-3456789" not in text_of(browser_of(person), "members:chapter_detail", "gulf-prairie")


def test_a_chapter_that_does_not_exist_is_missing(cast: Cast):
    assert browser_of(cast.dana).get("/chapters/atlantis/").status_code == 404


def test_a_teams_page_shows_its_chapters_and_what_each_covers(cast: Cast):
    page = text_of(browser_of(cast.luis), "members:team_detail", cast.texas_team.pk)

    for words in ("Texas team", "Gulf Prairie", "Harris, Galveston", "Hill Country", "Travis, Hays"):
        assert words in page
    assert "Three Capitals" not in page


def test_higher_rooms_add_panels_to_a_chapters_page(cast: Cast):
    def nothing_here(user: User, chapter: Any) -> Panel | None:
        return None

    def roster(user: User, chapter: Any) -> Panel | None:
        return Panel(template="members/includes/roles.html", context={"who": user})

    added = {"test nothing": nothing_here, "test roster": roster}
    for name, panel in added.items():
        chapter_panels.register(name)(panel)
    try:
        shown = panels_of(cast.gulf_prairie, user=cast.dana)
    finally:
        for name in added:
            del chapter_panels._entries[name]

    assert Panel(template="members/includes/roles.html", context={"who": cast.dana}) in shown
    assert None not in shown


# --- people ---


def names(browser: Client, **query: Any) -> list[str]:
    return [person.full_name for person in browser.get("/people/", query).context["page"].rows]


def test_people_are_found_by_any_part_of_a_name_without_accents(cast: Cast):
    browser = browser_of(cast.dana)

    assert names(browser, q="cote elise") == ["Élise Côté"]
    assert names(browser, q="ORTEGA") == ["Luis Ortega"]
    assert names(browser, q="nobody") == []


def test_people_are_narrowed_to_a_role_in_a_chapter(cast: Cast):
    advocate_of(cast.hill_country, person=cast.sam)
    browser = browser_of(cast.jordan)

    assert names(browser, role="chapter_advocate", chapter="gulf-prairie") == ["Dana Whitfield"]
    assert names(browser, chapter="hill-country") == ["Luis Ortega", "Pat Nolan", "Sam Reed"]
    assert names(browser, role="taskforce_lead") == ["Angela Moss"]


def test_the_directory_pages_by_key(cast: Cast):
    for _number in range(60):
        volunteer_of(cast.gulf_prairie)
    browser = browser_of(cast.jordan)

    first = browser.get("/people/").context["page"]
    second = browser.get("/people/" + first.next_url).context["page"]

    assert (len(first.rows), len(second.rows)) == (50, 23)
    shown = [person.pk for person in (*first.rows, *second.rows)]
    assert shown == list(User.objects.order_by("search_text", "pk").values_list("pk", flat=True))
    assert (first.previous_url, second.next_url) == ("", "")


def test_a_persons_page_tells_present_and_earlier_roles(cast: Cast):
    page = text_of(browser_of(cast.jordan), "members:person_detail", cast.former.pk)

    assert "No role now" in page
    assert "Earlier roles" in page
    assert "from July 1, 2025, ends as July 1, 2026 begins" in page


def test_somebody_out_of_sight_looks_missing(cast: Cast):
    browser = browser_of(cast.sam)

    hidden = browser.get(reverse("members:person_detail", args=[cast.luis.pk]))
    missing = browser.get(reverse("members:person_detail", args=[999_999]))

    assert (hidden.status_code, missing.status_code) == (404, 404)


def test_suggestions_are_people_in_sight_with_their_roles(cast: Cast):
    answer = browser_of(cast.dana).get(reverse("members:person_suggest"), {"q": "lui"})

    assert answer.json() == {
        "results": [
            {"value": cast.luis.pk, "label": "Luis Ortega", "hint": "Chapter advocate · Hill Country"}
        ]
    }


def test_suggestions_hide_who_is_out_of_sight_and_are_at_most_twelve(cast: Cast):
    for _number in range(20):
        volunteer_of(cast.gulf_prairie)

    assert browser_of(cast.sam).get("/people/suggest", {"q": "luis"}).json() == {"results": []}
    assert browser_of(cast.dana).get("/people/suggest", {"q": "  "}).json() == {"results": []}
    assert len(browser_of(cast.dana).get("/people/suggest", {"q": "person"}).json()["results"]) == 12


def test_suggestions_leave_out_closed_accounts_even_for_staff(cast: Cast):
    User.objects.filter(pk=cast.luis.pk).update(is_active=False)

    assert browser_of(cast.jordan).get("/people/suggest", {"q": "luis"}).json() == {"results": []}


# --- oneself ---


PROFILE = {
    "full_name": "Dana W. Whitfield",
    "language": "fr",
    "time_zone": "America/Denver",
    "phone": "(713) 555-0123",
}


def test_people_edit_their_own_profile(cast: Cast):
    answer = browser_of(cast.dana).post(reverse("members:profile"), PROFILE)

    assert answer.status_code == 302
    cast.dana.refresh_from_db()
    assert (cast.dana.full_name, cast.dana.language) == ("Dana W. Whitfield", Language.FRENCH)
    assert (cast.dana.time_zone, str(cast.dana.phone)) == ("America/Denver", "+17135550123")
    entry = Entry.objects.about(cast.dana).get()  # type: ignore[attr-defined]
    assert entry.changes["time_zone"] == ["America/Chicago", "America/Denver"]


def test_saving_an_unchanged_profile_leaves_no_trace(cast: Cast):
    browser = browser_of(cast.dana)
    browser.post(reverse("members:profile"), PROFILE)

    browser.post(reverse("members:profile"), PROFILE)

    assert Entry.objects.about(cast.dana).count() == 1  # type: ignore[attr-defined]


def test_a_profile_cannot_smuggle_in_rights_or_another_address(cast: Cast):
    browser_of(cast.dana).post(
        reverse("members:profile"),
        PROFILE | {"is_superuser": "on", "is_active": "", "email": "x@example.org"},
    )

    cast.dana.refresh_from_db()
    assert (cast.dana.is_superuser, cast.dana.is_active) == (False, True)
    assert cast.dana.email == "dana.whitfield@example.org"


def test_a_wrong_phone_number_is_named_and_kept(cast: Cast):
    answer = browser_of(cast.dana).post(reverse("members:profile"), PROFILE | {"phone": "12"})

    assert "Enter a valid phone number" in answer.content.decode()
    assert 'value="12"' in answer.content.decode()


def test_pages_speak_the_language_of_their_reader(cast: Cast):
    answer = browser_of(cast.elise).get(reverse("members:profile"))

    assert '<html lang="fr">' in answer.content.decode()
    assert answer.headers["Content-Language"] == "fr"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_terms_are_agreed_to_once(cast: Cast):
    browser = browser_of(cast.dana)

    browser.post(reverse("members:terms"), dict.fromkeys(TERM_KEYS, "on"))
    browser.post(reverse("members:terms"), dict.fromkeys(TERM_KEYS, "on"))

    assert TermsAcceptance.objects.get(person=cast.dana).version == TERMS_VERSION
    assert "You agreed to these terms on Feb. 9, 2027." in text_of(browser, "members:terms")


def test_the_terms_are_not_agreed_to_in_part(cast: Cast):
    browser_of(cast.dana).post(reverse("members:terms"), {"lists": "on"})

    assert TermsAcceptance.objects.count() == 0


# --- cost ---


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "args", "queries"),
    [
        ("members:chapter_list", [], 11),
        ("members:chapter_detail", ["gulf-prairie"], 23),
        ("members:team_detail", [], 12),
        ("members:person_list", [], 11),
        ("members:person_suggest", [], 7),
    ],
)
def test_pages_need_the_same_queries_for_any_number_of_rows(
    cast: Cast,
    count: int,
    name: str,
    args: list[Any],
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
):
    for number in range(count):
        more = ChapterFactory(region=cast.southern)
        covers(more, state("tx", "Texas"))
        covers(more, state(f"s{number}", f"State {number}"))
        JurisdictionTeamFactory(jurisdiction=state(f"s{number}", f"State {number}"))
        covers(cast.gulf_prairie, state(f"s{number}", f"State {number}"))
        advocate_of(more, person=volunteer_of(cast.gulf_prairie))
        president_of(cast.gulf_prairie)
    args = [cast.texas_team.pk] if name == "members:team_detail" else args
    browser = browser_of(cast.dana)

    with django_assert_num_queries(queries):
        browser.get(reverse(name, args=args), {"q": ""} if "suggest" not in name else {"q": "person"})
