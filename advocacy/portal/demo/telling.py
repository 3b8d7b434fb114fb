"""Turning a scene into a reported contact: who, when, and the words filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from advocacy.accounts.models import User
from advocacy.interactions.entry import AskMade, Entry, Facts, Met, Promise
from advocacy.interactions.models import CommitmentSide, Confidentiality, Kind, Level, StanceEvidence
from advocacy.portal.demo.scene import Scene
from advocacy.positions.models import Issue
from legislation.models import Committee, Measure, Official, Staffer
from members.models import Chapter

Item = TypeVar("Item")
_STAFF_LEVELS = (
    Level.SENIOR_STAFF,
    Level.POLICY_STAFF,
    Level.DISTRICT_STAFF,
    Level.SCHEDULER,
    Level.FRONT_DESK,
)


@dataclass(frozen=True)
class Setting:
    """The circumstances of one contact."""

    chapter: Chapter
    author: User
    company: Sequence[User]
    official: Official
    staff: Sequence[Staffer]
    committee: Committee | None
    measure: Measure | None
    day: date
    town: str


class Teller:
    """Tells scenes with varying words and outcomes."""

    def __init__(self, random: Random, issues: Sequence[Issue]) -> None:
        self.random, self.issues = random, issues

    def tell(self, scene: Scene, setting: Setting) -> Entry:
        measure = setting.measure if scene.about_measure else None
        office_is_other = scene.agency or (scene.with_committee and setting.committee)
        return Entry(
            facts=self._facts(scene, setting),
            officials=() if office_is_other else (setting.official,),
            committees=(setting.committee,) if scene.with_committee and setting.committee else (),
            agency=scene.agency,
            met=self._met(scene, setting),
            our_people=(setting.author, *setting.company),
            guests=self._guests(),
            measures=(measure,) if measure else (),
            issues=self._issues(scene, measure),
            asks=self._asks(scene, setting, measure),
            promises=self._promises(scene, setting),
            impressions=self._impressions(scene, setting),
            impressions_confidentiality=self.random.choices(
                (Confidentiality.CHAPTER, Confidentiality.RESTRICTED, Confidentiality.SHARED), (80, 14, 6)
            )[0],
        )

    def _facts(self, scene: Scene, setting: Setting) -> Facts:
        def some(texts: Sequence[str]) -> str:
            return self._fill(self._one(texts), setting) if texts and self.random.random() < 0.7 else ""

        at = time(self.random.randint(8, 16), self.random.choice((0, 15, 30, 45)))
        took_gift = scene.kind == Kind.EVENT_CONVERSATION and self.random.random() < 0.15
        return Facts(
            kind=scene.kind,
            occurred_on=setting.day,
            occurred_at_time=at if self.random.random() < 0.6 else None,
            zone=setting.chapter.time_zone,
            chapter=setting.chapter,
            purpose=scene.purpose,
            summary=self._fill(self._one(scene.summaries), setting)[:200],
            confidentiality=self.random.choices(
                (Confidentiality.SHARED, Confidentiality.CHAPTER, Confidentiality.RESTRICTED), (88, 10, 2)
            )[0],
            discussed_specific_legislation=scene.about_measure and setting.measure is not None,
            capacity="chapter" if self.random.random() < 0.95 else "private",
            gift_value=Decimal("8.50") if took_gift else None,
            gift_currency="USD" if took_gift else "",
            was_voicemail_only=scene.voicemail,
            replied_on=setting.day if scene.replied else None,
            initiated_by=scene.initiated_by,
            duration_minutes=self.random.choice(scene.minutes)
            if scene.minutes and not scene.replied
            else None,
            location=self._fill(scene.place, setting),
            concerns=some(scene.concerns),
            questions=some(scene.questions),
            recommendations=some(scene.recommendations),
            allies=some(scene.allies),
            personal_notes=some(scene.personal),
            stories_used=scene.story,
            materials_left=scene.materials,
            partners_present=scene.partners,
        )

    def _fill(self, text: str, setting: Setting) -> str:
        bill, short = self._called(setting.measure, setting.author.language)
        return text.format(
            name=setting.official.name,
            last=setting.official.family_name,
            staffer=setting.staff[0].name if setting.staff else setting.official.name,
            bill=bill,
            short=short,
            town=setting.town,
            chapter=setting.chapter.name,
        )

    def _called(self, measure: Measure | None, language: str) -> tuple[str, str]:
        """What people call a measure in the middle of a sentence: its number, and its matter."""
        if measure is None:
            return "", ""
        if language == "fr" and measure.title_fr:
            number = measure.number.removeprefix("Bill ")
            return f"projet de loi {number}", "la " + _uncapitalised(measure.title_fr)
        return measure.number, _uncapitalised(measure.short_name)

    def _met(self, scene: Scene, setting: Setting) -> tuple[Met, ...]:
        if scene.agency:
            name = "Direction adjointe" if setting.author.language == "fr" else "Deputy director"
            return (Met(level=scene.level, name=name),)
        if scene.level == Level.COMMITTEE_STAFF:
            name = "Greffe de la commission" if setting.author.language == "fr" else "Committee clerk"
            return (Met(level=scene.level, name=name),)
        level = Level.POLICY_STAFF if scene.level == Level.OFFICIAL else scene.level
        staffers = tuple(Met(level=level, staffer=one) for one in setting.staff[:1])
        if scene.level != Level.OFFICIAL:
            return staffers or (Met(level=Level.OFFICIAL, official=setting.official),)
        with_staff = staffers if self.random.random() < 0.4 else ()
        return (Met(level=Level.OFFICIAL, official=setting.official), *with_staff)

    def _guests(self) -> tuple[str, ...]:
        return ("Dr. Ifeoma Okafor, county hospital",) if self.random.random() < 0.03 else ()

    def _issues(self, scene: Scene, measure: Measure | None) -> tuple[Issue, ...]:
        named = tuple(
            issue for issue in self.issues if scene.issue and issue.title_en.startswith(scene.issue)
        )
        return named or (() if measure else (self.random.choice(self.issues),))

    def _asks(self, scene: Scene, setting: Setting, measure: Measure | None) -> tuple[AskMade, ...]:
        if scene.ask is None or not scene.responses:
            return ()
        about_issue = None if measure else self._issues(scene, measure)[0]
        names_official = not (scene.agency or scene.with_committee)
        stance = self._one(scene.stances) if scene.stances and names_official else ""
        in_person = scene.level == Level.OFFICIAL
        evidence = StanceEvidence.SAID_DIRECTLY if in_person else StanceEvidence.VIA_STAFF
        return (
            AskMade(
                kind=scene.ask,
                response=self._one(scene.responses),
                official=setting.official if names_official else None,
                measure=measure,
                issue=about_issue,
                text=self._fill(scene.ask_text, setting),
                reason_given=scene.reason,
                stance=stance,
                evidence=evidence if stance else "",
            ),
        )

    def _promises(self, scene: Scene, setting: Setting) -> tuple[Promise, ...]:
        made = []
        if scene.promise and self.random.random() < 0.6:
            text, kind, days = scene.promise
            due = weekday(setting.day + timedelta(days=days))
            made.append(
                Promise(CommitmentSide.US, self._fill(text, setting), due, kind=kind, owner=setting.author)
            )
        if scene.their_promise:
            text, days = scene.their_promise
            made.append(Promise(CommitmentSide.THEM, text, weekday(setting.day + timedelta(days=days))))
        return tuple(made)

    def _impressions(self, scene: Scene, setting: Setting) -> str:
        if not scene.impressions or self.random.random() > 0.6:
            return ""
        return self._fill(self._one(scene.impressions), setting)

    def _one(self, items: Sequence[Item]) -> Item:
        return self.random.choice(items)


def _uncapitalised(text: str) -> str:
    """`Record exchange` becomes `record exchange`; `AI disclosure` stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def weekday(day: date) -> date:
    """Nobody is due on a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
