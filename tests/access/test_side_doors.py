"""The same canaries at the side doors: search, files from the command line, tokens, the admin's search, caches."""

from pathlib import Path

import pytest
from django.core.management import call_command

from advocacy.audit.models import Entry
from tests.access import oracle
from tests.access.browsing import Answer
from tests.access.canaries import words_in
from tests.access.judge import Judge, in_words
from tests.access.page import GET, POST
from tests.access.table import TABLE
from tests.access.visits import Visit, at_a_browser
from tests.access.world import LEVELS, LOGGED, RESTRICTED, SHARED, Thing, World

SEARCHED = [
    *(f"A {level} logged" for level in LEVELS),
    "B chapter logged",
    "A restricted by a volunteer",
    "A felt shared",
]


def ask(judge: Judge, name: str, who: str, *, thing: Thing | None = None, query: str | None = None) -> Answer:
    visit = Visit(TABLE[name], judge.world.actors[who], GET, thing, query=query)
    return judge.answer(visit)[0]


def word_of(world: World, thing: Thing, field: str) -> str:
    return next(word for word in thing.words if world.fields[word].endswith(f"-{field}"))


@pytest.mark.parametrize("door", ["interactions:interaction_list", "portal:search"])
@pytest.mark.parametrize("label", SEARCHED)
def test_a_search_finds_a_record_for_its_readers_alone(world: World, judge: Judge, door: str, label: str):
    record = world.one("interaction", label)
    people = [actor for actor in at_a_browser(world) if actor.is_signed_in and actor.has_a_role]
    people = [actor for actor in people if not actor.lacks_second_step]
    query = f"q={word_of(world, record, 'concerns')}"

    found = {
        actor.name
        for actor in people
        if f"/log/{record.pk}/" in ask(judge, door, actor.name, query=query).text
    }

    assert found == {actor.name for actor in people if oracle.log.reads(actor, record)}


@pytest.mark.parametrize("door", ["interactions:interaction_list", "portal:search"])
@pytest.mark.parametrize("label", SEARCHED)
def test_no_search_looks_into_impressions(world: World, judge: Judge, door: str, label: str):
    impression = world.one("impression", label)
    query = f"q={word_of(world, impression, 'impressions')}"

    answers = [ask(judge, door, who, query=query).text for who in ("advocate A, author", "staff")]

    assert not any(f"/log/{impression.of.pk}/" in text for text in answers if impression.of)


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_month_from_the_command_line_holds_shared_records_and_no_others(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], file_format: str
):
    out = tmp_path / f"month.{file_format}"

    call_command("export_month", period="2027-02", format=file_format, out=out)

    files = [Answer(200, {}, path.read_bytes()) for path in tmp_path.iterdir()]
    found = words_in(text for file in files for text in file.texts())
    records = [thing for thing in world.of_kind("interaction") if thing.words & found]
    shared = {t.label for t in world.of_kind("interaction") if t.level == SHARED and t.state == LOGGED}
    assert {thing.label for thing in records} == shared
    assert not any(thing.words & found for thing in world.of_kind("impression"))


def test_the_month_of_one_chapter_from_the_command_line_leaves_the_others_out(world: World, tmp_path: Path):
    call_command(
        "export_month", period="2027-02", chapter="hill-country", format="csv", out=tmp_path / "b.csv"
    )

    found = words_in(path.read_text() for path in tmp_path.iterdir())
    assert {t.label for t in world.of_kind("interaction") if t.words & found} == {
        "B shared logged",
        "A shared, joined by B",
    }


def test_the_holder_of_an_invitation_sees_that_offer_and_nothing_else(world: World, judge: Judge):
    invitation = world.one("invitation", "member A")
    path = f"/invitation/{invitation.token}/"

    answer = judge.browser.ask(GET, path, cookies={})

    assert answer.status == 200
    assert words_in(answer.texts()) <= invitation.words


def test_an_expired_invitation_shows_no_offer(world: World, judge: Judge):
    expired = world.one("invitation", "chapter_advocate A")

    answer = judge.browser.ask(GET, f"/invitation/{expired.token}/", cookies={})

    assert (answer.status, words_in(answer.texts()) - expired.words) == (410, set())


def test_somebody_else_cannot_take_an_invitation(world: World, judge: Judge):
    invitation = world.one("invitation", "national_staff")
    cookies = world.cookies["advocate B"]

    answer = judge.browser.ask(
        POST, f"/invitation/{invitation.token}/", cookies=cookies, data={"nonpartisan": "on"}
    )

    assert answer.status == 403


@pytest.mark.parametrize("who", ["staff", "advocate A, colleague"])
def test_opening_a_colleagues_restricted_record_leaves_an_access_entry(world: World, judge: Judge, who: str):
    record = world.one("interaction", "A restricted logged")
    visit = Visit(TABLE["interactions:interaction_detail"], world.actors[who], GET, record)

    judge.ask(visit)

    about = Entry.objects.filter(model="interactions.interaction", object_id=str(record.pk), verb="opened")
    assert [entry.actor for entry in about] == [world.actors[who].user]


def test_opening_it_in_the_admin_leaves_one_too(world: World, judge: Judge):
    record = world.one("interaction", "A restricted logged")
    staff = world.actors["staff"]

    judge.ask(Visit(TABLE["admin:interactions_interaction_change"], staff, GET, record))

    about = Entry.objects.filter(model="interactions.interaction", object_id=str(record.pk), verb="opened")
    assert [entry.actor for entry in about] == [staff.user]


@pytest.mark.parametrize("kind", ["impression", "interaction"])
def test_the_admins_search_finds_neither_impressions_nor_drafts(world: World, judge: Judge, kind: str):
    label, field = (
        ("A shared logged", "impressions") if kind == "impression" else ("A shared draft", "concerns")
    )
    query = f"q={word_of(world, world.one(kind, label), field)}"

    answer = ask(judge, "admin:interactions_interaction_changelist", "staff", query=query)

    record = world.one("interaction", label)
    assert f"/interaction/{record.pk}/" not in answer.text


@pytest.mark.parametrize("who", ["advocate A, author", "lead", "president A"])
def test_the_admins_type_ahead_answers_staff_alone(world: World, judge: Judge, who: str):
    query = "app_label=interactions&model_name=followup&field_name=owner&term=colleague"

    answer = ask(judge, "admin:autocomplete", who, query=query)

    assert (answer.status, words_in(answer.texts())) == (302, set())


def test_an_entity_tag_of_one_person_opens_nothing_for_another(world: World, judge: Judge):
    record = world.one("interaction", "A restricted logged")
    path = f"/log/{record.pk}/"
    tag = judge.browser.ask(GET, path, cookies=world.cookies["staff"]).headers.get("ETag", "*")

    answer = judge.browser.ask(GET, path, cookies=world.cookies["advocate B"], headers={"If-None-Match": tag})

    assert answer.status == 404


def test_the_same_browser_shows_the_second_person_only_their_own(world: World, judge: Judge):
    page = TABLE["interactions:interaction_list"]
    judge.answer(Visit(page, world.actors["staff"], GET))

    wrong = judge.judge(Visit(page, world.actors["member A"], GET))

    assert not wrong, in_words(wrong)


def test_restricted_records_stand_in_no_export_of_anybody(world: World, judge: Judge):
    restricted = {word for t in world.of_kind("interaction") if t.level == RESTRICTED for word in t.words}

    found = words_in(ask(judge, "interactions:interaction_export", "staff").texts())

    assert found
    assert not found & restricted
