"""What a phone takes along, and how the portal answers what it sends later."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from advocacy.accounts.models import User
from advocacy.accounts.offline import person_key
from advocacy.interactions.models import Interaction
from advocacy.portal import offline
from legislation.models import Measure
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes, hb_210, logged, official_in, seat_in
from tests.factories.people import UserFactory, state
from tests.interactions.test_log_form import NEW, filled

PACK = "/offline/pack.json"
QUERIES_OF_A_PACK = 23


def packed(person: User) -> dict[str, Any]:
    return browser_of(person).get(PACK).json()


def send(person: User, form: dict[str, Any], *, of: User | None = None) -> Any:
    headers = {"X-Offline-Draft-Of": person_key(of or person), "Accept": "application/json"}
    return browser_of(person).post(NEW, form, headers=headers)


def test_the_pack_holds_the_names_that_the_log_form_offers_and_no_note(cast: Cast):
    reyes = alma_reyes()
    logged(cast.dana, [reyes], summary="Between us.", confidentiality="restricted")

    pack = packed(cast.dana)

    assert pack["pages"] == [NEW]
    assert pack["lists"]["/officials/suggest/"] == [[reyes.pk, "Alma Reyes", "Texas House 131"]]
    assert "Between us." not in json.dumps(pack)


def test_whoever_does_not_log_takes_nothing_along(cast: Cast):
    alma_reyes()

    assert [packed(cast.sam)[name] for name in ("pages", "lists")] == [[], {}]


def test_an_unchanged_pack_is_not_sent_again(cast: Cast):
    browser = browser_of(cast.dana)
    tag = browser.get(PACK).headers["ETag"]

    assert browser.get(PACK, headers={"If-None-Match": tag}).status_code == 304
    logged(cast.dana, [alma_reyes()])
    assert browser.get(PACK, headers={"If-None-Match": tag}).status_code == 200


def test_a_pack_asks_as_many_questions_for_three_officials_as_for_one(
    cast: Cast, django_assert_num_queries: Any
):
    browser = browser_of(cast.dana)
    for district in ("131", "132", "133"):
        logged(cast.dana, [official_in(seat_in(state("tx", "Texas"), district), "Alma Reyes")])

        with django_assert_num_queries(QUERIES_OF_A_PACK):
            browser.get(PACK)


def test_a_pack_never_grows_beyond_what_a_phone_should_keep(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(offline, "MOST_BYTES", 1_000)
    session = hb_210().session
    for number in range(40):
        measure = Measure.objects.create(session=session, number=f"SB {number}", title_en="Telehealth " * 4)
        cast.gulf_prairie.trackings.create(measure=measure)

    assert len(browser_of(cast.dana).get(PACK).content) <= 1_000


def test_each_person_has_a_key_of_their_own_and_a_stranger_none(cast: Cast):
    session = "/offline/session.json"
    dana, again, luis = (browser_of(one).get(session).json() for one in (cast.dana, cast.dana, cast.luis))

    assert (dana["person"], dana["key"]) == (again["person"], again["key"])
    assert not {dana["person"], dana["key"]} & {luis["person"], luis["key"]}
    assert Client().get(session).status_code == 302


def test_a_draft_sent_twice_is_one_record_and_both_answers_name_it(cast: Cast):
    form = filled(cast, alma_reyes())

    answers = [send(cast.dana, form) for _ in range(2)]

    record = Interaction.objects.get()
    assert [(one.status_code, one.json()) for one in answers] == [(201, {"record": f"/log/{record.pk}/"})] * 2


def test_a_draft_that_cannot_be_taken_says_why_in_sentences(cast: Cast):
    answer = send(cast.dana, filled(cast, alma_reyes(), summary="", issues=None))

    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [
            "Issues: Choose a measure or an issue, or say that it was to get to know each other.",
            "One-line summary: This field is required.",
        ],
    )
    assert not Interaction.objects.exists()


def test_a_draft_of_what_a_colleague_has_logged_waits_for_an_answer(cast: Cast):
    reyes = alma_reyes()
    logged(cast.luis, [reyes])

    answer = send(cast.dana, filled(cast, reyes))

    question = "It looks like a contact that Luis Ortega has logged already. Say whether it is the same."
    assert (answer.status_code, answer.json()) == (422, {"errors": [question]})


def test_a_draft_is_never_taken_under_somebody_elses_name(cast: Cast):
    answer = send(cast.luis, filled(cast, alma_reyes()), of=cast.dana)

    assert answer.status_code == 409
    assert not Interaction.objects.exists()


def test_the_copy_of_a_page_leaves_messages_for_the_page_that_is_read(cast: Cast):
    browser = browser_of(cast.dana)
    browser.post(NEW, filled(cast, alma_reyes()))

    copy = browser.get(NEW, headers={"X-Offline-Copy": "1"}).content.decode()

    assert "data-offline-copy" in copy
    assert "Interaction logged" not in copy
    assert "Interaction logged" in browser.get("/").content.decode()


def test_the_worker_stands_at_the_root_and_is_asked_for_anew():
    answer = Client().get("/sw.js")

    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert (answer.headers["Cache-Control"], answer.headers["Service-Worker-Allowed"]) == ("no-cache", "/")
    assert offline.version() in answer.content.decode()


def test_the_portal_can_be_installed_with_icons_of_the_size_they_say(db: None):
    described = Client().get("/site.webmanifest?language=fr").json()

    assert (described["lang"], described["start_url"]) == ("fr", "/")
    for icon in described["icons"]:
        path = Path(settings.BASE_DIR / icon["src"].lstrip("/"))
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        assert f"{width}x{height}" == icon["sizes"]


def test_whoever_has_no_role_left_takes_nothing_along(cast: Cast):
    assert browser_of(UserFactory()).get(PACK).status_code == 403
