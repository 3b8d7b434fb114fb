"""Keys of other people's things where a browser would not put them: in bodies, filters, cursors, bulk actions."""

import re
from typing import Any

import pytest

from advocacy.interactions.models import Interaction
from tests.access import oracle
from tests.access.browsing import Answer
from tests.access.canaries import words_in
from tests.access.judge import Judge
from tests.access.page import GET, POST
from tests.access.table import TABLE
from tests.access.visits import Visit
from tests.access.world import Thing, World

Sent = tuple[Answer, list[str]]


def send(judge: Judge, name: str, who: str, changes: dict[str, Any], thing: Thing | None = None) -> Sent:
    """What the page's own form would send, with some values replaced."""
    visit = Visit(TABLE[name], judge.world.actors[who], POST, thing)
    data = judge.data_for(visit) | changes
    return judge.answer(Visit(visit.page, visit.actor, POST, thing, data=data))


def stranger(world: World) -> Thing:
    """Somebody whom chapter A's volunteer does not know."""
    return world.one("person", "Advocacy volunteer C")


@pytest.mark.parametrize("name", ["interactions:interaction_log", "interactions:interaction_edit"])
def test_nobody_logs_for_a_chapter_that_is_not_theirs(world: World, judge: Judge, name: str):
    record = world.one("interaction", "B shared logged") if name.endswith("edit") else None

    answer, changes = send(judge, name, "advocate B", {"chapter": world.places["A"].chapter.pk}, record)

    assert (answer.status, changes) == (422, [])


@pytest.mark.parametrize(
    "field", ["officials", "staffers", "our_people", "measures", "issues", "committees", "promises-0-owner"]
)
def test_keys_that_lead_nowhere_are_refused_by_the_form(world: World, judge: Judge, field: str):
    promise = {"promises-TOTAL_FORMS": "1", "promises-0-side": "us", "promises-0-text": "x"}
    promise["promises-0-check_back_on"] = "2027-03-01"

    answer, changes = send(
        judge, "interactions:interaction_log", "volunteer A", {**promise, field: "999999999"}
    )

    assert (answer.status, changes) == (422, [])


@pytest.mark.parametrize("field", ["our_people", "promises-0-owner"])
def test_people_one_does_not_know_cannot_be_named_by_their_number(world: World, judge: Judge, field: str):
    unknown = stranger(world)
    promise = {"promises-TOTAL_FORMS": "1", "promises-0-side": "us", "promises-0-text": "x"}
    promise["promises-0-check_back_on"] = "2027-03-01"

    answer, changes = send(
        judge, "interactions:interaction_log", "volunteer A", {**promise, field: unknown.pk}
    )

    assert (answer.status, changes) == (422, [])
    assert not words_in(answer.texts()) & unknown.words


def test_a_follow_up_is_not_handed_to_somebody_one_does_not_know(world: World, judge: Judge):
    followup = world.one("followup", "A alone")

    answer, changes = send(
        judge, "interactions:followup_detail", "volunteer A", {"owner": stranger(world).pk}, followup
    )

    assert answer.status in (200, 422)
    assert changes == []


@pytest.mark.parametrize(
    "label", ["A restricted logged", "A chapter logged", "A shared draft", "A shared deleted"]
)
def test_nobody_joins_a_hidden_meeting_through_the_form(world: World, judge: Judge, label: str):
    hidden = world.one("interaction", label)

    answer, changes = send(
        judge, "interactions:interaction_log", "advocate B", {"duplicate": f"join:{hidden.pk}"}
    )

    assert (answer.status, changes) == (404, [])


def test_the_key_of_somebody_elses_form_neither_shows_nor_changes_their_record(world: World, judge: Judge):
    record = world.one("interaction", "A restricted logged")
    key = str(Interaction.objects.get(pk=record.pk).form_key)

    answer, _ = send(judge, "interactions:interaction_log", "advocate B", {"form_key": key})

    assert answer.status < 500
    assert not words_in(answer.texts()) & record.words
    assert f"/log/{record.pk}/" not in answer.location


def test_fields_that_the_form_does_not_have_are_ignored(world: World, judge: Judge):
    extra = {"is_superuser": "on", "is_active": "", "email": "other@example.org", "roles": "national_staff"}
    user = world.actors["member A"].user
    assert user is not None
    visit = Visit(TABLE["members:profile"], world.actors["member A"], POST)

    judge.ask(Visit(visit.page, visit.actor, POST, data=judge.data_for(visit) | extra))

    address = user.email
    user.refresh_from_db()
    assert (user.is_superuser, user.is_active, user.email) == (False, True, address)


def test_nobody_invites_into_a_chapter_that_is_not_theirs(world: World, judge: Judge):
    answer, changes = send(
        judge, "members:invitation_create", "advocate B", {"chapter": world.places["A"].chapter.pk}
    )

    assert answer.status in (200, 422)
    assert changes == []


def test_nobody_invites_to_a_role_above_their_own(world: World, judge: Judge):
    answer, changes = send(judge, "members:invitation_create", "president A", {"role": "national_staff"})

    assert answer.status in (200, 422)
    assert changes == []


@pytest.mark.parametrize("action", ["delete_with_reason", "restore"])
def test_a_bulk_action_of_the_admin_reaches_no_draft_of_others(world: World, judge: Judge, action: str):
    draft = world.one("interaction", "A shared draft")
    visit = Visit(
        TABLE["admin:interactions_interaction_changelist"],
        world.actors["staff"],
        POST,
        data={"action": action, "_selected_action": [str(draft.pk)]},
    )

    _, changes = judge.answer(visit)

    assert not [sql for sql in changes if "interactions_interaction" in sql]


def test_a_bulk_action_by_somebody_who_is_not_staff_changes_nothing(world: World, judge: Judge):
    record = world.one("interaction", "A shared logged")
    visit = Visit(
        TABLE["admin:interactions_interaction_changelist"],
        world.actors["lead"],
        POST,
        data={"action": "delete_with_reason", "_selected_action": [str(record.pk)]},
    )

    answer, changes = judge.answer(visit)

    assert (answer.status, changes) == (302, [])


@pytest.mark.parametrize(
    "query",
    [
        "chapter={chapter}", "person={person}", "official={official}", "sort=oldest", "sort=-summary",
        "order_by=logged_by__password", "logged_by__password__startswith=a", "confidentiality=restricted",
        "state=draft", "deleted_at__isnull=False", "chapter={chapter}&chapter=0", "impression__text=cx",
    ],
)  # fmt: skip
@pytest.mark.parametrize("who", ["advocate B", "advocate D", "member A"])
def test_no_filter_brings_up_what_the_person_may_not_see(world: World, judge: Judge, who: str, query: str):
    actor = world.actors[who]
    query = query.format(
        chapter=world.places["A"].chapter.pk,
        person=world.one("person", "advocate A, author").pk,
        official=next(world.of_kind("official")).pk,
    )
    page = TABLE["interactions:interaction_list"]

    wrong = judge.judge(Visit(page, actor, GET, query=query))
    answer, _ = judge.answer(Visit(page, actor, GET, query=query))

    shown = {int(key) for key in re.findall(r'href="/log/(\d+)/"', answer.text)}
    assert not wrong
    assert shown <= oracle.seen(world, actor, "interaction", oracle.log.reads)


def test_the_cursor_of_somebody_elses_list_shows_only_ones_own_records(world: World, judge: Judge):
    page = TABLE["interactions:interaction_list"]
    full, _ = judge.answer(Visit(page, world.actors["staff"], GET))
    cursor = re.search(r"after=([\w%=-]+)", full.text)
    assert cursor

    wrong = judge.judge(Visit(page, world.actors["advocate B"], GET, query=f"after={cursor.group(1)}"))

    assert not wrong


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_header_does_not_turn_one_method_into_another(world: World, judge: Judge, header: str):
    record = world.one("interaction", "A shared logged")
    cookies = world.cookies["advocate A, author"]

    answer = judge.browser.ask(POST, f"/log/{record.pk}/", cookies=cookies, headers={header: "DELETE"})

    assert answer.status == 405


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ],
)
@pytest.mark.parametrize("name", ["interactions:followup_complete", "set_language", "account_login"])
def test_no_button_leads_out_of_the_portal(world: World, judge: Judge, name: str, target: str):
    followup = world.one("followup", "A alone") if "followup" in name else None
    actor = world.actors["advocate A, author"]
    data = {"next": target, "language": "fr"}
    method, query = (GET, f"next={target}") if name == "account_login" else (POST, None)

    answer, _ = judge.answer(Visit(TABLE[name], actor, method, followup, query=query, data=data))

    assert answer.status == 302
    assert re.match(r"/(?![/\\])", answer.location)
