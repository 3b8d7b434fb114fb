from urllib.parse import urlencode

import pytest
from django.urls import reverse

from advocacy.accounts.models import User
from advocacy.portal import search
from tests.cast import TODAY, Cast, browser_of
from tests.factories.advocacy_days import day_of
from tests.factories.log import alma_reyes, hb_210, logged, official_in, seat_in
from tests.factories.partners import coalition_of, grasstop
from tests.factories.people import state
from tests.factories.research import conversation, finding


def found(user: User, text: str) -> dict[str, list[str]]:
    groups = search.across(User.objects.get(pk=user.pk), text, TODAY)
    return {group.title: [hit.label for hit in group.hits] for group in groups}


def test_one_word_finds_every_kind_of_thing(cast: Cast):
    hb_210()
    logged(cast.dana, [alma_reyes()], summary="About gulf HB 210 telehealth")

    assert found(cast.dana, "gulf") == {
        "Interactions": ["Meeting in person, Feb. 9, 2027 · Alma Reyes"],
        "Chapters": ["Gulf Prairie"],
    }
    assert found(cast.dana, "hb210") == {"Measures": ["HB 210 (90R)"]}
    assert found(cast.dana, "reyes")["Officials"] == ["Alma Reyes"]
    assert found(cast.dana, "luis") == {"People": ["Luis Ortega"]}


def test_accents_do_not_matter(cast: Cast):
    official_in(seat_in(state("tx", "Texas"), "13"), "Zoë Núñez-Côté")

    assert found(cast.dana, "nunez cote")["Officials"] == ["Zoë Núñez-Côté"]


def test_nobody_finds_what_they_may_not_read(cast: Cast):
    logged(cast.dana, [alma_reyes()], summary="private concern zebra", confidentiality="restricted")

    readers = [cast.dana, cast.jordan, cast.luis, cast.tom, cast.angela, cast.sam, cast.priya]
    assert ["Interactions" in found(reader, "zebra") for reader in readers] == [
        True, True, False, False, False, False, False,
    ]  # fmt: skip


def test_impressions_are_never_searched(cast: Cast):
    logged(cast.dana, [alma_reyes()], impressions="private concern zebra")

    assert found(cast.dana, "zebra") == {}


def test_partners_advocacy_days_and_findings_are_found_without_their_accents_by_who_reads_them(cast: Cast):
    coalition_of(cast, "Coalition Santé Élan")
    grasstop(cast, "Zoë Élan")
    finding(conversation(cast), "L’élan vient du terrain.")
    finding(conversation(cast, confidentiality="restricted"), "Élan in private.")
    day_of(cast, name="Élan Day", name_fr="Journée de l’élan")
    day_of(cast, "idea", name="Idea of Élan").hosts.set([cast.gulf_prairie])

    assert found(cast.dana, "elan") == {
        "Advocacy Days": ["Idea of Élan", "Élan Day"],
        "Organizations": ["Office of Zoë Élan"],
        "Coalitions": ["Coalition Santé Élan"],
        "Grasstops contacts": ["Zoë Élan"],
        "Findings": ["L’élan vient du terrain.", "Élan in private."],
    }
    assert found(cast.luis, "ÉLAN") == {
        "Advocacy Days": ["Élan Day"],
        "Organizations": ["Office of Zoë Élan"],
        "Coalitions": ["Coalition Santé Élan"],
        "Findings": ["L’élan vient du terrain."],
    }
    assert found(cast.sam, "journee elan") == {"Advocacy Days": ["Élan Day"]}


def test_a_public_finding_does_not_tell_of_which_activity_it_is(cast: Cast):
    row = finding(conversation(cast, question="Why zebras?", confidentiality="shared"), "Stripes.")
    row.__class__.objects.update(is_public=True)

    (group,) = search.across(User.objects.get(pk=cast.ruth.pk), "stripes", TODAY)

    assert [(hit.label, hit.hint) for hit in group.hits] == [("Stripes.", "")]


def test_more_than_eight_hits_lead_to_the_full_list(cast: Cast):
    for number in range(9):
        official_in(seat_in(state("tx", "Texas"), f"{number}"), f"Lee Brand{number}")

    group, *_others = search.across(cast.dana, "brand", TODAY)

    assert (len(group.hits), group.more_url) == (8, f"{reverse('legislation:official_list')}?q=brand")


@pytest.mark.parametrize("text", ["", "   ", "'", "%", "zzzz", "é" * 3000])
def test_odd_input_gets_a_page(cast: Cast, text: str):
    address = f"{reverse('portal:search')}?{urlencode({'q': text})}"

    assert browser_of(cast.dana).get(address).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_search_costs_the_same_queries_however_much_it_finds(
    cast: Cast, number: int, django_assert_num_queries
):
    for position in range(number):
        official = official_in(seat_in(state("tx", "Texas"), f"{position}"), f"Dana Gulf{position}")
        logged(cast.dana, [official], summary="Dana at the gulf")
    browser = browser_of(cast.dana)
    browser.get(reverse("portal:search"))

    with django_assert_num_queries(26):
        browser.get(f"{reverse('portal:search')}?q=dana")
