"""Research of the demo: conversations, one of them with too few people, analyses, lessons, pages of issues."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from advocacy.kernel.zones import today_in
from advocacy.portal.demo.society import Cast
from advocacy.positions.models import Issue, Material, Position
from advocacy.research.actions import activities, analyses, lessons
from advocacy.research.actions.analyses import Source
from advocacy.research.models import (
    Analysis,
    Finding,
    FindingUse,
    IssuePage,
    Lesson,
    ParticipantGroup,
    Quote,
    ResearchActivity,
    Theme,
)

_BODY = (
    "Both texts allow visits by video. The first counts a visit by telephone where there is no broadband; the second "
    "does not, and asks for a report after two years.\n\nFor the first speaks that many rural patients have only "
    "a telephone; against it, that what was done by telephone is harder to review."
)
_CONVERSATION = {
    "concerns": "The connection breaks off in the middle of a visit. People do not know whom to call then.",
    "disagreement": "Whether a visit by telephone is as good as one by video.",
    "valued": "Not losing a day of work to a visit of ten minutes.",
    "for_each_actor": "The state: count the telephone. Clinics: call back when the connection breaks off.",
    "lessons": "A neighbor who shows how it is done helps more than a leaflet.",
    "wishes": "Tell us what became of it.",
}


class ResearchBuilder:
    """Everything happens as people do it."""

    def __init__(self, *, cast: Cast, now: datetime) -> None:
        self.cast, self.today = cast, today_in("America/Chicago", now)
        self.issue = Issue.objects.filter(title_en__icontains="connected").first() or Issue.objects.first()

    def build(self) -> None:
        self._conversation()
        self._focus_group()
        self._survey_ahead()
        self._analyses()
        self._lessons()
        self._pages()

    def _activity(self, who: str, chapter: str, days: int, **fields: Any) -> ResearchActivity:
        row = ResearchActivity(
            chapter=self.cast.chapters[chapter], held_on=self.today + timedelta(days=days), **fields
        )
        places = row.chapter.territories.order_by().values_list("jurisdiction", flat=True)
        issues = [self.issue] if self.issue else []
        return activities.keep(row, by=self.cast.people[who], jurisdictions=list(places), issues=issues)

    def _part(self, part: Any, who: str) -> Any:
        activities.keep_part(part, by=self.cast.people[who])
        return part

    def _conversation(self) -> None:
        """Enough people: quotes and breakdowns are shown, but for one without consent and for small groups."""
        row = self._activity(
            "dana", "gulf-prairie", -20,
            kind="conversation", question="What keeps people in the country from video visits?", status="summarised",
            participants=17, who_took_part="Nurses, patients and caregivers from four counties.",
            venue="Public library", facilitator="A colleague of the university", consent_form="2027-01, English",
            languages="English, Spanish", recruitment="Through the library and two clinics.",
            summary="Broadband decides, and what happens when it fails. People ask that the telephone count.",
            **_CONVERSATION,
        )  # fmt: skip
        for label, count in (("Patients", 9), ("Nurses", 5), ("Caregivers", 3)):
            self._part(ParticipantGroup(activity=row, dimension="role", label=label, count=count), "dana")
        self._part(Theme(activity=row, label="Broken connections", raised_by=11, strength="strong"), "dana")
        self._part(Theme(activity=row, label="Time off work", raised_by=3), "dana")
        said = ("When it breaks off, I start again at the end of the line.", "anonymous", "patient")
        self._part(Quote(activity=row, text=said[0], consent=said[1], speaker_role=said[2]), "dana")
        self._part(Quote(activity=row, text="I would rather not be quoted.", speaker_role="nurse"), "dana")
        found = Finding(
            activity=row,
            statement="A visit that breaks off is the reason given most often for going without.",
            evidence="Eleven of seventeen, in all four counties.",
            confidence="medium",
            recommended_use="testimony",
            is_public=True,
        )
        self._part(found, "dana")
        use = FindingUse(
            finding=found,
            material_on_file=Material.objects.get(title="Leave-behind on video visits"),
            used_on=self.today - timedelta(days=6),
        )
        activities.use(use, by=self.cast.people["dana"])

    def _focus_group(self) -> None:
        """Four people: nothing is quoted or told apart, and the summary is owed."""
        row = self._activity(
            "dana", "gulf-prairie", -9,
            kind="focus_group", question="How do small clinics exchange records?", status="held", participants=4,
            who_took_part="Two managers, two nurses.", is_virtual=True, concerns="Fees for each connection.",
        )  # fmt: skip
        self._part(Quote(activity=row, text="We still send faxes.", consent="anonymous"), "dana")

    def _survey_ahead(self) -> None:
        self._activity(
            "elise", "saint-laurent", 12,
            kind="survey", question="Qui aide les patients à utiliser leur dossier en ligne ?", languages="Français",
        )  # fmt: skip

    def _analyses(self) -> None:
        sources = [
            Source("Text of the first bill", "https://example.org/first", self.today),
            Source("Text of the second bill", "https://example.org/second", self.today),
        ]
        people, chapter = self.cast.people, self.cast.chapters["gulf-prairie"]
        issues = [self.issue] if self.issue else []
        told: dict[str, Any] = {"citations": sources, "issues": issues}
        compared = Analysis(title="Two bills on video visits", kind="comparison", body=_BODY, chapter=chapter)
        analyses.keep(compared, by=people["dana"], **told)
        analyses.submit(compared, by=people["dana"])
        analyses.publish(
            compared, by=people["jordan"], on=self.today - timedelta(days=5), is_nonpartisan=True
        )
        Analysis.objects.filter(pk=compared.pk).update(is_public=True)
        analyses.begin_version(compared, by=people["dana"], form_key=uuid.uuid4())
        model = Analysis(title="Model language: calling back", kind="model", body=_BODY, chapter=chapter)
        analyses.keep(model, by=people["dana"], **told)
        analyses.submit(model, by=people["dana"])

    def _lessons(self) -> None:
        for who, chapter, title, problem, did, changed in (
            (
                "dana", "gulf-prairie", "Ask the scheduler, not the office", "Requests for meetings stayed unanswered.",
                "We called each scheduler on a Tuesday and named two dates.", "Four of five offices answered.",
            ),
            (
                "luis", "hill-country", "One page beats a binder", "Staff did not read our folder.",
                "We left one page with one number and one story.", "Two offices quoted the number in committee.",
            ),
            (
                "elise", "saint-laurent", "Déposer le mémoire dans les deux langues",
                "Le comité n’a pas distribué notre mémoire.", "Nous l’avons fait traduire avant de l’envoyer.",
                "Il a été distribué le jour même.",
            ),
        ):  # fmt: skip
            row = Lesson(
                title=title, problem=problem, what_we_did=did, what_changed=changed,
                chapter=self.cast.chapters[chapter], language="fr" if who == "elise" else "en",
            )  # fmt: skip
            issues = [self.issue] if self.issue else []
            lessons.keep(row, by=self.cast.people[who], on=self.today - timedelta(days=30), issues=issues)

    def _pages(self) -> None:
        """One page is open to everybody; the society's positions rest on its principle."""
        if self.issue is None:
            return
        fitting = Q(measure__title_en__icontains="tele") | Q(measure__title_en__icontains="broadband")
        for position in Position.objects.usable().filter(fitting).order_by("pk"):
            position.principles.add(self.issue)
        IssuePage.objects.create(
            issue=self.issue,
            slug="connected-health",
            introduction="Care that reaches people at home, by video, telephone or what they wear.",
            introduction_fr="Des soins qui rejoignent les gens chez eux, par vidéo, par téléphone ou par un capteur.",
            is_public=True,
        )
