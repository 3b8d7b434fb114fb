"""Months that the chapters of the demo have reported on: two that are over and issued, and the one that is open."""

from datetime import datetime, timedelta

from advocacy.accounts.models import User
from advocacy.kernel.periods import Month
from advocacy.kernel.zones import today_in
from advocacy.portal.demo.society import Cast
from advocacy.reports.actions import locking, reports
from advocacy.reports.actions.reports import Words
from advocacy.reports.deadlines import due_at, given_up_on, opens_at
from advocacy.reports.models import ChapterReport
from members.access import reach_of
from members.models import Chapter, Society

_A_DAY = timedelta(days=1)
# Who reports, and what they say of the earlier and of the later month.
_SAID = {
    "dana": (
        Words(
            summary="Introductions with four new offices.",
            top_win="House 131 asked for our one-page summary.",
        ),
        Words(
            summary="The data exchange bill is our month.",
            top_win="Two offices will consider cosponsoring.",
            help_wanted="A clinician who can testify in March.",
            help_from="peers",
            help_kind="expert",
            monitoring="Three bills on privacy were filed; we read along.",
            peer_lesson="Ask the scheduler which aide handles health before you ask for the member.",
        ),
    ),
    "luis": (
        Words(summary="A quiet month: two calls and a letter."),
        Words(summary="First meetings of the session."),
    ),
    "elise": (
        Words(
            summary="Nous avons accueilli une députée à la clinique.", story="Une visite qui a changé le ton."
        ),
        Words(summary="Rencontre au ministère au sujet du dossier santé numérique."),
    ),
}
_OPEN_MONTH = {
    "noor": "Two offices want to see virtual care at work.",
    "elise": "La session reprend\u00a0; trois rencontres sont prévues.",
}


class MonthBuilder:
    """Lets advocates report as they do, through the actions, at the time they would have done it."""

    def __init__(self, *, cast: Cast, now: datetime) -> None:
        self.cast, self.now = cast, now
        society = Society.objects.get()
        self.open = Month.of(today_in(society.time_zone, now)).previous()

    def build(self) -> None:
        later = self.open.previous()
        for number, month in enumerate((later.previous(), later)):
            self._reported(month, number)
        reports.open_due(now=self.now)
        self._handed_in()

    def _handed_in(self) -> None:
        """Two chapters have submitted the open month already, and wait for the lead."""
        for who, sentence in _OPEN_MONTH.items():
            person = self.cast.people[who]
            report = ChapterReport.objects.of(self.open).get(chapter=self._chapter_of(person))
            when = min(self.now, due_at(report.chapter, self.open) - _A_DAY)
            reports.write(report, by=person, words=Words(summary=sentence), version=1)
            reports.submit(report, by=person, now=when)

    def _reported(self, month: Month, number: int) -> None:
        angela = self.cast.people["angela"]
        for who, said in _SAID.items():
            person = self.cast.people[who]
            report = self._opened(self._chapter_of(person), month)
            words = said[number]
            if words.story:
                words = Words(summary=words.summary, story=words.story, story_may_be_published=True)
            due = due_at(report.chapter, month)
            reports.write(report, by=person, words=words, version=1)
            reports.submit(
                report, by=person, now=due + _A_DAY if (who, number) == ("luis", 0) else due - _A_DAY
            )
            reports.accept(report, by=angela, now=due + 2 * _A_DAY)
        issued_at = opens_at(report.chapter, month).replace(day=1) + (given_up_on(month) - month.end)
        locking.lock(month, by=angela, now=min(issued_at, self.now))

    def _opened(self, chapter: Chapter, month: Month) -> ChapterReport:
        report = ChapterReport(chapter=chapter, period=str(month), opened_at=opens_at(chapter, month))
        report.save()
        return report

    def _chapter_of(self, person: User) -> Chapter:
        return Chapter.objects.get(pk=reach_of(person).primary_chapter_id or 0)
