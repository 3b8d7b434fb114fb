"""Plants research: an activity at each level, what is kept back in two of them, analyses in each state, lessons."""

from typing import Any

from advocacy.positions.models import Issue
from advocacy.research.actions import analyses
from advocacy.research.actions.analyses import Source
from advocacy.research.models import Analysis, Finding, Lesson, Quote, ResearchActivity
from tests.access.canaries import Nest
from tests.access.world import CHAPTER, RESTRICTED, SHARED, Actor, Keys, Thing, World
from tests.cast import TODAY

_PLANTED = (("A", SHARED), ("A", CHAPTER), ("A", RESTRICTED), ("B", RESTRICTED), ("D", SHARED))


def plant_research(world: World, authors: dict[str, Actor]) -> None:
    issue, _made = Issue.objects.get_or_create(title_en="Connected health")
    world.add(Thing("policy issue", issue.pk, "connected health"))
    for key, level in _PLANTED:
        _activity(world, key, level, authors[key], issue, participants=12)
    _activity(world, "A", SHARED, authors["A"], issue, participants=4)
    for state in ("draft", "review", "published"):
        _analysis(world, "A", state, authors["A"])
    _analysis(world, "", "review", world.actors["staff"])
    for key in "AD":
        _lesson(world, key, authors[key])


def _activity(world: World, key: str, level: str, author: Actor, issue: Issue, *, participants: int) -> None:
    label = f"{key} {level} of {participants}"
    nest, is_few = Nest(f"activity {label}"), participants < 5
    behind = Nest(f"kept back in {label}")
    activity = ResearchActivity.objects.create(
        kind="conversation",
        question=nest.text("question"),
        chapter=world.places[key].chapter,
        confidentiality=level,
        status="held",
        held_on=TODAY,
        participants=participants,
        who_took_part=(behind if is_few else nest).text("who took part"),
        concerns=nest.text("concerns"),
        kept_by=author.user,
    )
    activity.issues.add(issue)
    chapter = world.places[key].chapter
    activity.jurisdictions.set(chapter.territories.order_by().values_list("jurisdiction", flat=True))
    places: Keys = world.places[key].jurisdictions - {"us", "ca"}
    known: dict[str, Any] = {
        "chapter": key, "author": author.name, "jurisdictions": places, "level": level,
    }  # fmt: skip
    Quote.objects.create(
        activity=activity, consent="anonymous", text=(behind if is_few else nest).text("quote")
    )
    silent = Quote.objects.create(activity=activity, text=behind.text("quote without consent"))
    row = Finding.objects.create(
        activity=activity,
        statement=nest.text("finding"),
        evidence=(behind if is_few else nest).text("evidence"),
    )
    world.fields |= nest.fields | behind.fields
    world.add(Thing("research activity", activity.pk, label, words=nest.words, **known))
    world.add(Thing("finding", row.pk, label, **known))
    world.add(Thing("kept back", silent.pk, label, words=behind.words, **known))


def _analysis(world: World, key: str, state: str, author: Actor) -> None:
    assert author.user
    nest = Nest(f"analysis {key} {state}")
    chapter = world.places[key].chapter if key else None
    row = Analysis(title=nest.text("title"), body=nest.text("body"), kind="fiscal", chapter=chapter)
    analyses.keep(row, by=author.user, citations=[Source("Text", "https://example.org/bill", TODAY)])
    if state != "draft":
        analyses.submit(row, by=author.user)
    if state == "published":
        reviewer = world.actors["staff"].user
        assert reviewer
        analyses.publish(row, by=reviewer, on=TODAY, is_nonpartisan=True)
    world.fields |= nest.fields
    known: dict[str, Any] = {"chapter": key, "author": author.name, "state": state}
    world.add(Thing("analysis", row.pk, f"{key} {state}", words=nest.words, **known))
    if state == "draft":
        world.add(Thing("draft analysis", row.pk, f"{key} {state}", **known))


def _lesson(world: World, key: str, author: Actor) -> None:
    nest = Nest(f"lesson {key}")
    row = Lesson.objects.create(
        title=nest.text("title"),
        problem=nest.text("problem"),
        what_we_did=nest.text("what we did"),
        what_changed=nest.text("what changed"),
        chapter=world.places[key].chapter,
        written_by=author.user,
        written_on=TODAY,
    )
    world.fields |= nest.fields
    world.add(Thing("lesson", row.pk, key, words=nest.words, chapter=key, author=author.name))
