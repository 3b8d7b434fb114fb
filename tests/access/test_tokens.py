"""Every operation of the API × whose token × what became of it × scope, judged by the oracle and the canaries."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from advocacy.accounts.models import User
from advocacy.api import doors, openapi
from advocacy.api.actions import tokens
from advocacy.api.models import ApiToken, Scope, WebhookEndpoint
from members.models import Role, RoleAssignment
from tests.access import oracle
from tests.access.browsing import Answer, Browser
from tests.access.canaries import words_in
from tests.access.fingerprint import fingerprint
from tests.access.visits import EVERYTHING
from tests.access.world import LOGGED, Actor, Thing, World
from tests.cast import NOW, TODAY
from tests.factories.people import hold

ROOT = "/api/v1"
_BROWSER = Browser()
MISSING, NEVER = 999_999_999, "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Door:
    """What an operation asks for, what kind of thing it shows, and to whom. `shows` are kinds whose words may stand."""

    scope: str
    of: str = ""
    may: oracle.Rule = oracle.has_a_role
    shows: frozenset[str] = frozenset()
    body: Callable[[World], Any] | None = None


def _told(actor: Actor, record: Thing) -> bool:
    return oracle.log.exports(actor, record) and record.state == LOGGED


def _contact(world: World) -> dict[str, Any]:
    return {
        "kind": "phone_call",
        "occurred_on": TODAY.isoformat(),
        "chapter": world.places["A"].chapter.slug,
        "purpose": "relationship",
        "summary": "Talked about records.",
        "discussed_specific_legislation": False,
        "officials": [next(world.of_kind("official")).pk],
    }


def _address(world: World) -> dict[str, Any]:
    return {"url": "https://hooks.example.org/mine", "events": ["measure.changed"]}


_LOG = frozenset({"interaction", "official", "person", "measure", "chapter"})
_CAMPAIGNS = frozenset({"campaign", "official", "measure"})
DOORS = {
    "GET /me": Door("", shows=frozenset({"person"})),
    "GET /officials": Door(Scope.OFFICIALS_READ, "official", shows=frozenset({"official"})),
    "GET /officials/{pk}": Door(Scope.OFFICIALS_READ, "official", shows=frozenset({"official"})),
    "GET /measures": Door(Scope.MEASURES_READ, "measure", shows=frozenset({"measure"})),
    "GET /measures/{pk}": Door(Scope.MEASURES_READ, "measure", shows=frozenset({"measure"})),
    "GET /issues": Door(Scope.MEASURES_READ),
    "GET /interactions": Door(Scope.LOG_READ, "interaction", oracle.log.exports, _LOG),
    "GET /interactions/{pk}": Door(Scope.LOG_READ, "interaction", oracle.log.exports, _LOG),
    "POST /interactions": Door(Scope.LOG_WRITE, shows=_LOG, body=_contact),
    "GET /campaigns": Door(Scope.CAMPAIGNS_READ, "campaign", oracle.campaigns.reads_campaign, _CAMPAIGNS),
    "GET /campaigns/{pk}": Door(
        Scope.CAMPAIGNS_READ, "campaign", oracle.campaigns.reads_campaign, _CAMPAIGNS
    ),
    # Not one word of a supporter or their letter.
    "GET /actions": Door(Scope.ACTIONS_READ, "campaign letter", oracle.campaigns.knows_contact),
    "GET /actions/{pk}": Door(Scope.ACTIONS_READ, "campaign letter", oracle.campaigns.knows_contact),
    "GET /webhooks": Door(Scope.WEBHOOKS, "webhook", oracle.people.owns_token),
    "POST /webhooks": Door(Scope.WEBHOOKS, body=_address),
    "DELETE /webhooks/{public_id}": Door(Scope.WEBHOOKS, "webhook", oracle.people.owns_token),
    "GET /osdi": Door(Scope.LOG_READ),
    "GET /osdi/outreaches": Door(Scope.LOG_READ, "interaction", _told, _LOG),
    "GET /osdi/outreaches/{pk}": Door(Scope.LOG_READ, "interaction", _told, _LOG),
    "GET /osdi/advocacy_campaigns": Door(Scope.CAMPAIGNS_READ, shows=_CAMPAIGNS),
    # Opens with the campaign, and holds what their own chapters are credited with: not one word of a supporter.
    "GET /osdi/advocacy_campaigns/{pk}/outreaches": Door(
        Scope.ACTIONS_READ, "campaign", oracle.campaigns.reads_campaign
    ),
}


@pytest.fixture(autouse=True)
def _as_often_as_they_like(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "PER_TOKEN", 10**9)
    monkeypatch.setattr(doors, "PER_INSTALLATION", 10**9)


def _people(world: World) -> list[Actor]:
    """Everybody with an account, also where it is closed."""
    return [actor for actor in world.actors.values() if actor.user and actor.session == "open"]


def _is_let_in(actor: Actor) -> bool:
    return actor.is_active and actor.has_a_role and not actor.lacks_second_step


def _secret(actor: Actor, *scopes: str) -> str:
    assert actor.user
    _token, secret = tokens.make(
        by=actor.user,
        name="A program",
        scopes=list(scopes or Scope.values),
        lives_for=timedelta(days=30),
        now=NOW,
    )
    return secret


def _ask(world: World, name: str, secret: str, key: Any = MISSING, query: str = "") -> Answer:
    """Whatever it changes is taken back."""
    method, _space, path = name.partition(" ")
    body = DOORS[name].body
    with transaction.atomic():
        answer = _BROWSER.ask(
            method,
            ROOT + path.format(pk=key, public_id=NEVER if key == MISSING else key) + query,
            cookies={},
            data=json.dumps(body(world)) if body else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "one"},
        )
        transaction.set_rollback(True)
    return answer


def _keys(world: World, door: Door) -> dict[Any, Thing | None]:
    """What stands in the address, and the thing it names: each of the kind, and at last one that never existed."""
    if door.of == "webhook":
        things = {WebhookEndpoint.objects.get(pk=one.pk).public_id: one for one in world.of_kind(door.of)}
        return {**things, NEVER: None}
    return {**{one.pk: one for one in world.of_kind(door.of)}, MISSING: None}


def _expected(name: str, actor: Actor, thing: Thing | None) -> int:
    door = DOORS[name]
    if not _is_let_in(actor):
        return 401
    if name == "POST /interactions" and not oracle.log.logs(actor):
        return 403
    if name == "POST /interactions" and not (actor.is_staff or "A" in actor.logs_for):
        return 422
    if "{" in name and (thing is None or not door.may(actor, thing)):
        return 404
    return {"POST": 201, "DELETE": 204}.get(name.partition(" ")[0], 200)


def _leaks(world: World, door: Door, actor: Actor, text: str) -> list[str]:
    """Words of what this actor may not read, and of what is never told to programs."""
    met = words_in([text])
    holders = [one for one in world.things if one.words & met]
    read = {
        word for one in holders if one.kind in door.shows and oracle.may_see(actor, one) for word in one.words
    }
    return sorted(world.fields[word] for word in met - read)


def _operations() -> set[str]:
    paths = openapi.document()["paths"]
    return {
        f"{method.upper()} {path.removeprefix(ROOT)}" for path, methods in paths.items() for method in methods
    }


def test_every_operation_of_the_document_has_a_door_here():
    assert set(DOORS) == _operations()


@pytest.mark.parametrize("name", DOORS)
def test_a_token_opens_what_its_owner_may_read_and_nothing_else(world: World, name: str):
    door, wrong = DOORS[name], []
    things = _keys(world, door) if "{" in name else {MISSING: None}

    for actor in _people(world):
        secret = _secret(actor, door.scope or Scope.LOG_READ)
        for key, thing in things.items():
            if thing and not (thing.is_typical or EVERYTHING):
                continue
            answer, right = _ask(world, name, secret, key), _expected(name, actor, thing)
            leaks = _leaks(world, door, actor, answer.text)
            if answer.status != right or leaks:
                wrong.append(f"{actor}: {name} ({thing}): {answer.status}, not {right} {leaks}")

    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.of and "{" not in name])
def test_a_list_holds_all_that_its_owner_may_read_and_nothing_else(world: World, name: str):
    door, wrong = DOORS[name], []
    planted = {str(key): thing for key, thing in _keys(world, door).items() if thing}

    for actor in _people(world):
        if not _is_let_in(actor):
            continue
        found = _all_pages(world, name, _secret(actor, door.scope))
        wanted = {key for key, thing in planted.items() if door.may(actor, thing)}
        if found & planted.keys() != wanted:
            wrong.append(f"{actor}: {len(found - wanted)} too many, {len(wanted - found)} missing")

    assert planted
    assert not wrong, "\n".join(wrong)


def _all_pages(world: World, name: str, secret: str) -> set[str]:
    found: set[str] = set()
    query = "?limit=100"
    while query:
        answer = _ask(world, name, secret, query=query).json()
        rows = answer["data"] if "data" in answer else next(iter(answer["_embedded"].values()))
        found |= {str(row["id"]) if "id" in row else row["identifiers"][0].rpartition(":")[2] for row in rows}
        following = answer.get("next") or answer.get("_links", {}).get("next", {}).get("href") or ""
        query = following[following.find("?") :] if following else ""
    return found


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.scope])
def test_an_operation_opens_with_its_scope_and_with_no_other(world: World, name: str):
    dana, scope = world.actors["advocate A, author"], DOORS[name].scope
    things = [
        key for key, thing in _keys(world, DOORS[name]).items() if thing and DOORS[name].may(dana, thing)
    ]
    key = things[0] if things else MISSING

    answers = {one: _ask(world, name, _secret(dana, one), key) for one in Scope.values}
    others = _ask(world, name, _secret(dana, *(one for one in Scope.values if one != scope)), key)

    opened = {one for one, answer in answers.items() if answer.status in (200, 201, 204)}
    refused = {answer.status for one, answer in answers.items() if one != scope} | {others.status}
    assert (opened, refused) == ({scope}, {403})
    assert scope in others.json()["detail"]


def _run_out(token: ApiToken) -> None:
    ApiToken.objects.filter(pk=token.pk).update(created_at=NOW - timedelta(days=30), expires_at=NOW)


def _revoked(token: ApiToken) -> None:
    tokens.revoke(token, by=token.owner, now=NOW)


def _of_a_closed_account(token: ApiToken) -> None:
    User.objects.filter(pk=token.owner_id).update(is_active=False)


def _of_a_role_that_ended(token: ApiToken) -> None:
    RoleAssignment.objects.filter(person=token.owner).update(ends_on=TODAY)


def _of_one_who_lacks_the_second_step_of_a_new_role(token: ApiToken) -> None:
    hold(token.owner, Role.LEAD)


def _unknown(token: ApiToken) -> None:
    ApiToken.objects.filter(pk=token.pk).update(digest="0" * 64)


_SHUT = (
    _run_out,
    _revoked,
    _of_a_closed_account,
    _of_a_role_that_ended,
    _of_one_who_lacks_the_second_step_of_a_new_role,
    _unknown,
)


@pytest.mark.parametrize("shut", _SHUT, ids=lambda one: one.__name__.strip("_"))
def test_a_token_that_works_no_more_opens_no_operation_and_changes_nothing(
    world: World, shut: Callable[[ApiToken], None]
):
    secret = _secret(world.actors["advocate A, author"])
    assert _ask(world, "GET /me", secret).status == 200
    shut(ApiToken.objects.select_related("owner").get(prefix=secret[:12]))
    before = fingerprint()

    answers = {name: _ask(world, name, secret) for name in DOORS}

    assert {name: one.status for name, one in answers.items()} == dict.fromkeys(DOORS, 401)
    assert len({one.body for one in answers.values()}) == 1
    assert fingerprint() == before


@pytest.mark.parametrize("name", DOORS)
def test_a_token_that_asked_too_often_is_refused_everywhere(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(doors, "PER_TOKEN", 1)
    secret = _secret(world.actors["advocate A, author"])
    _ask(world, "GET /me", secret)

    answer = _ask(world, name, secret)

    assert (answer.status, int(answer.headers["Retry-After"]) > 0) == (429, True)
