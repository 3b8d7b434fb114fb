"""Plants a meeting ahead, one with published minutes, action items of several owners, and a calendar link."""

from datetime import timedelta

from members.taskforce.models import ActionItem, AgendaItem, CalendarFeed, Meeting, PublishedMinutes
from tests.access.canaries import Nest
from tests.access.world import RESTRICTED, SHARED, Actor, Thing, World
from tests.cast import NOW, TODAY


def plant_meetings(world: World) -> None:
    lead = world.actors["lead"].user
    assert lead is not None
    nest = Nest("meeting")
    ahead = Meeting.objects.create(
        title=nest.text("title")[:120], starts_at=NOW + timedelta(days=1), host=lead
    )
    world.add(Thing("meeting", ahead.pk, "ahead", words=nest.words))
    point = AgendaItem.objects.create(meeting=ahead, title=nest.text("item")[:150], proposed_by=lead)
    world.add(Thing("agenda item", point.pk, "ahead"))
    world.fields |= nest.fields
    over = _with_minutes(world)
    for actor, level in (("advocate B", SHARED), ("member A", SHARED), ("vice chair", RESTRICTED)):
        _action_item(world, over, world.actors[actor], level)
    owner = world.actors["advocate A, author"]
    feed = CalendarFeed.objects.create(owner=owner.user, scope="person", token_hash="x" * 64, made_at=NOW)
    world.add(Thing("calendar link", feed.pk, owner.name, owner=owner.name))


def _with_minutes(world: World) -> Meeting:
    lead, nest = world.actors["lead"].user, Nest("meeting with minutes")
    over = Meeting.objects.create(
        title=nest.text("title")[:120], starts_at=NOW - timedelta(days=28), host=lead, status="held"
    )
    summary = {
        "title": "Item",
        "summary": nest.text("summary"),
        "outcome": "",
        "decisions": [],
        "action_items": [],
    }
    content = {"items": [summary], "action_items": [], "attendance": []}
    PublishedMinutes.objects.create(meeting=over, content=content, published_by=lead, published_at=NOW)
    world.fields |= nest.fields
    world.add(Thing("meeting", over.pk, "with minutes", words=nest.words, is_pressed=False))
    world.add(Thing("meeting with minutes", over.pk, "with minutes"))
    return over


def _action_item(world: World, meeting: Meeting, owner: Actor, level: str) -> None:
    nest = Nest(f"action item of {owner.name}")
    row = ActionItem.objects.create(
        meeting=meeting,
        text=nest.text("text")[:200],
        owner=owner.user,
        due_on=TODAY,
        about=world.actors["advocate C"].user if level == RESTRICTED else None,
        made_by=meeting.host,
    )
    world.fields |= nest.fields
    world.add(Thing("action item", row.pk, owner.name, words=nest.words, level=level, owner=owner.name))
