"""Research: `conversation(cast, participants=5)` is one of Dana's, for Gulf Prairie, held last week."""

from datetime import date
from typing import Any

from advocacy.accounts.models import User
from advocacy.positions.models import Issue
from advocacy.research.actions import analyses
from advocacy.research.actions.analyses import Source
from advocacy.research.models import Analysis, Finding, Lesson, Quote, ResearchActivity
from tests.cast import TODAY, Cast

HELD_ON = date(2027, 2, 4)


def issue(title: str = "Connected health") -> Issue:
    return Issue.objects.get_or_create(title_en=title)[0]


def conversation(
    cast: Cast, *, participants: int | None = 5, in_texas: bool = True, **fields: Any
) -> ResearchActivity:
    """Held, about connected health; not summarized yet."""
    known: dict[str, Any] = {
        "kind": "conversation",
        "question": "What keeps people from video visits?",
        "chapter": cast.gulf_prairie,
        "status": "held" if participants is not None else "planned",
        "held_on": HELD_ON,
        "kept_by": cast.dana,
    }
    activity = ResearchActivity.objects.create(participants=participants, **(known | fields))
    activity.issues.add(issue())
    if in_texas:
        activity.jurisdictions.set(
            activity.chapter.territories.order_by().values_list("jurisdiction", flat=True)
        )
    return activity


def quote(activity: ResearchActivity, text: str, consent: str = "anonymous", **fields: Any) -> Quote:
    return Quote.objects.create(activity=activity, text=text, consent=consent, **fields)


def finding(activity: ResearchActivity, statement: str = "Broadband decides.", **fields: Any) -> Finding:
    return Finding.objects.create(activity=activity, statement=statement, **fields)


def draft(
    cast: Cast,
    by: User | None = None,
    *,
    sources: tuple[str, ...] = ("https://example.org/a",),
    **fields: Any,
) -> Analysis:
    """Dana's, for Gulf Prairie, with its sources."""
    known: dict[str, Any] = {
        "title": "Two telehealth bills side by side",
        "kind": "comparison",
        "body": "Both extend video visits.\n\nOne counts the telephone.",
        "chapter": cast.gulf_prairie,
    }
    cited = [Source(f"Source {url[-1]}", url, TODAY) for url in sources]
    return analyses.keep(Analysis(**(known | fields)), by=by or cast.dana, citations=cited, issues=[issue()])


def published(row: Analysis, by: User, *, reviewer: User) -> Analysis:
    analyses.submit(row, by=by)
    analyses.publish(row, by=reviewer, on=TODAY, is_nonpartisan=True)
    return row


def lesson(cast: Cast, **fields: Any) -> Lesson:
    known: dict[str, Any] = {
        "title": "Ask the scheduler first",
        "problem": "Nobody answered.",
        "what_we_did": "We called the scheduler on Tuesdays.",
        "what_changed": "Four of five offices answered.",
        "chapter": cast.gulf_prairie,
        "written_by": cast.dana,
        "written_on": TODAY,
    }
    return Lesson.objects.create(**(known | fields))
