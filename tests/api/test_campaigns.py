"""Campaigns and what supporters did in them: as far as the owner reads it, and no supporter by name."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from advocacy.api.actions import deliveries, endpoints, events
from advocacy.api.models import Scope
from campaigns.actions import campaigns
from campaigns.models import Campaign, Contact, Letter, Participation
from legislation.models import Division
from tests.api.asking import ask, token_of
from tests.api.receiver import Receiver, listening
from tests.campaigns.test_life import ready
from tests.cast import NOW, Cast
from tests.factories.campaigns import launched


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_MAY_CALL_LOOPBACK = True
    with listening() as found:
        yield found


def took_part(campaign: Campaign, cast: Cast, state: str = "counted") -> Letter:
    number = Participation.objects.count()
    contact = Contact.objects.create(
        full_name="Zelda Quince", email=f"zelda{number}@example.org", language="en", added_at=NOW
    )
    part = Participation.objects.create(
        campaign=campaign,
        contact=contact,
        revision=campaign.revision,
        chapter=cast.gulf_prairie,
        key=f"key-{number}",
        language="en",
        postal_code="77002",
        divisions=["ocd-division/country:us/state:tx/sldl:131"],
        state=state,
        own_words="My mother waited.",
        own_share=40,
        acknowledged="I write as a private citizen.",
        at=NOW,
    )
    return Letter.objects.create(
        participation=part,
        target=campaign.targets.get(),
        method="own_mail",
        confirmation="self_reported",
        subject="HB 210",
        text="Dear Representative, my mother waited.",
        fingerprint="x",
        at=NOW,
    )


def seen(person: Any, path: str) -> list[int]:
    return [row["id"] for row in ask(token_of(person), path).json()["data"]]


def test_a_campaign_that_is_written_is_told_to_its_own_and_a_launched_one_to_all(cast: Cast):
    campaign = ready(cast)
    assert (seen(cast.dana, "/campaigns"), seen(cast.noor, "/campaigns")) == ([campaign.pk], [])
    assert ask(token_of(cast.noor), f"/campaigns/{campaign.pk}").status_code == 404

    launched(campaign, by=cast.dana, approver=cast.jordan)

    assert seen(cast.noor, "/campaigns") == [campaign.pk]
    told = ask(token_of(cast.noor), f"/campaigns/{campaign.pk}").json()
    assert (told["slug"], told["status"], told["chapter"]["slug"]) == (
        "records-follow",
        "live",
        "gulf-prairie",
    )
    assert [one["number"] for one in told["measures"]] == ["HB 210"]


def test_campaigns_are_found_by_status_kind_measure_and_chapter(cast: Cast):
    campaign = ready(cast)
    bill = campaign.measures.get()

    for query, count in {
        "status=draft": 1,
        "status=live": 0,
        "kind=letter": 1,
        "kind=petition": 0,
        f"measure={bill.pk}": 1,
        "measure=999": 0,
        "chapter=gulf-prairie": 1,
        "chapter=hill-country": 0,
    }.items():
        assert seen(cast.dana, f"/campaigns?{query}") == [campaign.pk] * count, query


def test_actions_are_told_to_the_advocates_credited_and_name_nobody(cast: Cast):
    campaign = launched(ready(cast), by=cast.dana, approver=cast.jordan)
    letter = took_part(campaign, cast)
    took_part(campaign, cast, state="held")

    assert seen(cast.dana, "/actions") == seen(cast.jordan, "/actions") == [letter.pk]
    assert seen(cast.luis, "/actions") == seen(cast.sam, "/actions") == []
    assert ask(token_of(cast.luis), f"/actions/{letter.pk}").status_code == 404
    answer = ask(token_of(cast.dana), f"/actions/{letter.pk}")
    for private in ("Zelda", "zelda", "77002", "mother"):
        assert private not in answer.content.decode()
    told = answer.json()
    assert (told["method"], told["confirmation"]) == ("own_mail", "self_reported")
    assert told["office"]["official"]["name"] == "Alma Reyes"
    assert told["divisions"] == ["ocd-division/country:us/state:tx/sldl:131"]


def test_actions_are_found_by_campaign_official_and_moment(cast: Cast):
    campaign = launched(ready(cast), by=cast.dana, approver=cast.jordan)
    letter = took_part(campaign, cast)
    official = campaign.targets.get().official
    assert official is not None

    for query, count in {
        f"campaign={campaign.pk}": 1,
        "campaign=999": 0,
        f"official={official.pk}": 1,
        "official=999": 0,
        "since=2027-02-09T16:00:00Z": 1,
        "until=2027-02-09T16:00:00Z": 0,
    }.items():
        assert seen(cast.dana, f"/actions?{query}") == [letter.pk] * count, query


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/campaigns", Scope.CAMPAIGNS_READ),
        ("/osdi/advocacy_campaigns", Scope.CAMPAIGNS_READ),
        ("/actions", Scope.ACTIONS_READ),
    ],
)
def test_campaigns_and_actions_open_with_their_scope_and_with_no_other(cast: Cast, path: str, scope: Scope):
    others = [one for one in Scope.values if one != scope]

    assert ask(token_of(cast.dana, scope), path).status_code == 200
    assert ask(token_of(cast.dana, *others), path).status_code == 403


def test_osdi_tells_a_launched_campaign_with_its_count(cast: Cast):
    campaign = ready(cast)
    assert _osdi(cast) == []
    launched(campaign, by=cast.dana, approver=cast.jordan)
    took_part(campaign, cast)
    took_part(campaign, cast, state="refused")

    assert [(one["title"], one["total_outreaches"], one["targets"]) for one in _osdi(cast)] == [
        ("Records follow the patient", 1, ["Alma Reyes"])
    ]


def test_osdi_tells_what_supporters_did_with_the_division_of_the_office_and_no_name(cast: Cast):
    campaign = launched(ready(cast), by=cast.dana, approver=cast.jordan)
    letter = took_part(campaign, cast)
    took_part(campaign, cast, state="held")
    target = campaign.targets.select_related("seat").get()
    assert target.seat is not None
    target.seat.division = Division.objects.create(ocd_id="ocd-division/country:us/state:tx/sldl:8", name="8")
    target.seat.save()
    path = f"/osdi/advocacy_campaigns/{campaign.pk}/outreaches"

    answer = ask(token_of(cast.dana), path)

    assert [one["_links"]["osdi:outreaches"]["href"] for one in _osdi(cast)] == [
        f"http://127.0.0.1:8000/api/v1{path}"
    ]
    assert [
        (one["identifiers"], one["type"], [office["ocdid"] for office in one["targets"]])
        for one in answer.json()["_embedded"]["osdi:outreaches"]
    ] == [
        (
            [f"chapter-advocacy-portal:action-{letter.pk}"],
            "email",
            ["ocd-division/country:us/state:tx/sldl:8"],
        )
    ]
    for private in ("Zelda", "zelda", "77002", "mother"):
        assert private not in answer.content.decode()
    assert ask(token_of(cast.luis), path).json()["_embedded"]["osdi:outreaches"] == []


def _osdi(cast: Cast) -> Any:
    answer = ask(token_of(cast.dana), "/osdi/advocacy_campaigns").json()
    return answer["_embedded"]["osdi:advocacy_campaigns"]


def test_a_launch_and_a_close_are_told(cast: Cast, receiver: Receiver):
    endpoints.make(by=cast.noor, url=receiver.url, events=["campaign.launched", "campaign.closed"], now=NOW)

    campaign = launched(ready(cast), by=cast.dana, approver=cast.jordan)
    campaigns.close(campaign, by=cast.dana, now=NOW)
    events.spread(now=NOW)
    deliveries.deliver(now=NOW)

    told = [json.loads(body) for _headers, body in receiver.calls]
    assert [one["type"] for one in told] == ["campaign.launched", "campaign.closed"]
    assert {one["data"]["id"] for one in told} == {campaign.pk}
