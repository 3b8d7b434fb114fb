"""The access table of research and the policy center."""

from typing import Any

from tests.access import oracle
from tests.access.page import OPEN, READING, WRITING, Listing, Page
from tests.access.world import Actor, Thing, World

_ACTIVITIES = r'class="row-link" href="/research/(\d+)/"'
_ANALYSES = r'class="row-link" href="/research/analyses/(\d+)/"'
_LESSONS = r'class="row-link" href="/research/lessons/(\d+)/"'


def _chapter(world: World, actor: Actor, thing: Thing | None) -> Any:
    """The one of the thing, else one that the actor logs for; staff may take any."""
    known = actor.logs_for & world.places.keys()
    key = thing.chapter if thing else min(known, default="A" if actor.is_staff else "")
    return world.places[key].chapter.pk if key else ""


def _activity(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {
        "kind": "survey",
        "question": "What changed?",
        "chapter": _chapter(world, actor, thing),
        "confidentiality": thing.level if thing else "shared",
        "status": "held",
        "held_on": "2027-02-08",
        "participants": "14",
    }


def _quote(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"text": "The bus comes twice.", "consent": "anonymous"}


def _use(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"used_on": "2027-02-08", "material": "Brief"}


def _analysis(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {
        "title": "Costs",
        "body": "Little.",
        "kind": "fiscal",
        "language": "en",
        "chapter": _chapter(world, actor, thing),
        "citations-TOTAL_FORMS": "0",
        "citations-INITIAL_FORMS": "0",
    }


def _review(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"verdict": "publish", "is_nonpartisan": "on"}


def _lesson(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {
        "title": "Ask first",
        "chapter": _chapter(world, actor, thing),
        "problem": "None answered.",
        "what_we_did": "Asked.",
        "what_changed": "All answered.",
        "language": "en",
    }


_reads, _keeps = oracle.research.reads_activity, oracle.research.keeps_activity

RESEARCH_PAGES = [
    Page("research:activity_list", lists=Listing("research activity", _reads, _ACTIVITIES)),
    Page("research:activity_new", WRITING, may=oracle.research.logs, post=_activity),
    Page("research:activity_detail", of="research activity", may=_reads),
    Page(
        "research:activity_edit",
        WRITING,
        of="research activity",
        may=_keeps,
        post=_activity,
        shows_kept_back=True,
    ),
    Page(
        "research:part_add",
        WRITING,
        of="research activity",
        fixed=({"kind": "quote"},),
        may=_keeps,
        post=_quote,
        note="The other kinds take the same way, tried in tests/research/test_pages.py.",
    ),
    Page(
        "research:part_edit",
        WRITING,
        of="kept back",
        fixed=({"kind": "quote"},),
        may=_keeps,
        post=_quote,
        shows_kept_back=True,
    ),
    Page(
        "research:finding_detail",
        WRITING,
        of="finding",
        may=_reads,
        may_post=oracle.research.uses_finding,
        post=_use,
    ),
    Page(
        "research:analysis_list",
        lists=Listing("analysis", oracle.research.reads_analysis, _ANALYSES),
    ),
    Page("research:analysis_new", WRITING, may=oracle.research.writes, post=_analysis),
    Page(
        "research:analysis_detail",
        WRITING,
        of="analysis",
        may=oracle.research.reads_analysis,
        may_post=oracle.research.takes_the_next_step,
        post=_review,
    ),
    Page(
        "research:analysis_edit",
        WRITING,
        of="draft analysis",
        may=oracle.research.edits_analysis,
        post=_analysis,
    ),
    Page("research:lesson_list", lists=Listing("lesson", oracle.has_a_role, _LESSONS)),
    Page("research:lesson_new", WRITING, may=oracle.research.logs, post=_lesson),
    Page("research:lesson_detail", of="lesson"),
    Page("research:lesson_edit", WRITING, of="lesson", may=oracle.research.keeps_lesson, post=_lesson),
    Page("research:issue_list"),
    Page("research:issue_detail", of="policy issue"),
    Page(
        "policy:issue",
        READING,
        wall=OPEN,
        may=oracle.nobody,
        fixed=({"slug": "no-such-page", "language": "en"},),
        note="What an open page shows to strangers is tried in tests/research/test_policy_center.py.",
    ),
]
