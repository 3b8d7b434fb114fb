"""Measures and their stages. What *we* think of a measure lives with positions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.folding import fold
from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure_text import (
    ANYWHERE,
    IN_ABOUT,
    IN_NUMBER,
    IN_TITLE,
    NOTHING_HAPPENED,
    MeasureText,
    Wanted,
    keep,
)
from legislation.models.public_record import PublicRecordQuerySet, in_language
from legislation.models.session import LegislativeSession
from legislation.models.source import Source
from legislation.models.stage import TERMINAL_STAGES, Result, Stage, result_of

_NOT_A_LETTER_OR_DIGIT = re.compile(r"[^A-Z0-9]+")
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def number_key(number: str) -> str:
    """`HB0126`, `HB 126` and `H.B. 126` are one number: HB126."""
    return _LEADING_ZEROS.sub("", _NOT_A_LETTER_OR_DIGIT.sub("", number.upper()))


NEWEST = ("-last_action_on", "number_key", "pk")
BY_RELEVANCE = ("rank", *NEWEST)


class MeasureKind(models.TextChoices):
    BILL = "bill", _("Bill")
    RESOLUTION = "resolution", _("Resolution")
    BUDGET_ITEM = "budget_item", _("Budget item")
    REGULATION = "regulation", _("Regulation")
    EXECUTIVE_ORDER = "executive_order", _("Executive order")
    CONSULTATION = "consultation", _("Consultation")
    BALLOT_MEASURE = "ballot_measure", _("Ballot measure")
    ORDINANCE = "ordinance", _("Ordinance")
    STUDY = "study", _("Study")
    NOMINATION = "nomination", _("Nomination")


def rank_among(better: Sequence[Q]) -> Case:
    """The place of the first condition that holds; after them all where none does."""
    cases = [When(condition, then=Value(rank)) for rank, condition in enumerate(better)]
    return Case(*cases, default=Value(4), output_field=models.IntegerField())


class MeasureQuerySet(PublicRecordQuerySet["Measure"]):
    def at_stage(self, stage: str, day: date) -> Self:
        """Those that stood at this stage at the end of that day."""
        once_there = StageEvent.objects.filter(stage=stage, on__lte=day).order_by().values("measure")
        return self.filter(pk__in=once_there).with_stage(day).filter(stage=stage)

    def ended(self, day: date) -> Self:
        """Those that stood at a stage that ends a measure."""
        return self.with_stage(day).filter(stage__in=TERMINAL_STAGES)

    def still_open(self, day: date) -> Self:
        """Those that did not, also without any stage."""
        return self.with_stage(day).filter(Q(stage=None) | ~Q(stage__in=TERMINAL_STAGES))

    def search(self, text: str) -> Self:
        """Measures with every word of `text` in number, titles, summary, subjects or history; all for no text.

        Accents, case and punctuation do not matter, and the last word may be unfinished.
        """
        wanted = Wanted.of(text, number_key(text))
        if not wanted:
            return self.none() if text.strip() else self
        return self.filter(pk__in=MeasureText.objects.using(self.db).keys_of(wanted))

    def ranks(self, text: str) -> list[Q]:
        """What makes a measure match how well, the best first: that very number, then words in the number, in the
        titles, in the summary and anywhere. Each condition but the first holds wherever the one before it holds.
        """
        wanted, texts = Wanted.of(text, number_key(text)), MeasureText.objects.using(self.db)
        places = (IN_NUMBER, IN_TITLE, IN_ABOUT, ANYWHERE) if wanted else ()
        return [Q(number_key=number_key(text)), *(Q(pk__in=texts.keys_of(wanted, one)) for one in places)]

    def with_rank(self, text: str) -> Self:
        """Adds `rank`: the place among `ranks`."""
        return self.with_rank_among(self.ranks(text)[:4])

    def with_rank_among(self, better: Sequence[Q]) -> Self:
        """Adds `rank`: the first of these conditions that holds."""
        return self.annotate(rank=rank_among(better))

    def by_relevance(self, text: str) -> Self:
        """The best first; of equal ones that with the newest action."""
        return self.with_rank(text).order_by(*BY_RELEVANCE)

    def changed_since(self, moment: datetime) -> Self:
        """New on the record after that moment, or with something new on it."""
        return self.filter(text__changed_at__gt=moment)

    def latest_changes(self) -> Self:
        return self.filter(text__isnull=False).order_by("-text__changed_at", "-pk")

    def with_stage(self, day: date) -> Self:
        """Adds where each stood at the end of that day: `stage`, `stage_label`, `stage_on`; None before any step.

        This is the one rule: the newest event says it, and no column repeats it.
        """
        newest = (
            StageEvent.objects.filter(measure=OuterRef("pk"), on__lte=day)
            .order_by("-on", "-order", "-pk")
            .values("stage", "local_label", "on")
        )
        return self.annotate(
            stage=Subquery(newest.values("stage")[:1]),
            stage_label=Subquery(newest.values("local_label")[:1]),
            stage_on=Subquery(newest.values("on")[:1]),
        )


class Measure(models.Model):
    """Anything that can be tracked. It is its session and normalised number, and is shown with both."""

    # Only on rows of `with_stage`.
    stage: str | None
    stage_label: str | None
    stage_on: date | None
    # Only on rows of `with_rank`.
    rank: int

    session = models.ForeignKey(
        LegislativeSession, on_delete=models.PROTECT, related_name="measures", verbose_name=_("session")
    )
    number = models.CharField(
        _("number"), max_length=40, help_text=_("As it is printed: HB 210, C-12, H.R. 21.")
    )
    number_key = models.CharField(max_length=40, editable=False)
    kind = models.CharField(_("kind"), max_length=15, choices=MeasureKind.choices, default=MeasureKind.BILL)
    title_en = models.CharField(_("title in English"), max_length=2000, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=2000, blank=True)
    other_titles = models.TextField(
        _("other titles"), blank=True, help_text=_("One per line; found in search.")
    )
    summary_en = models.TextField(_("summary in English"), blank=True)
    summary_fr = models.TextField(_("summary in French"), blank=True)
    subjects = models.TextField(
        _("subjects"), blank=True, help_text=_("One per line, as the legislature files it.")
    )
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    url = models.URLField(_("official page"), max_length=500, blank=True)
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("led by"),
        help_text=_("Whose history, sponsors and texts are shown, where several sources have the measure."),
    )
    search_text = models.CharField(max_length=1300, editable=False, default="")
    # The newest line of its history, or its newest stage. Kept by `measure_text.keep`, for lists in this order.
    last_action_on = models.DateField(
        _("last action"), editable=False, default=NOTHING_HAPPENED, db_default=NOTHING_HAPPENED
    )

    objects: ClassVar[models.Manager["Measure"]] = models.Manager.from_queryset(MeasureQuerySet)()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["session", "number_key", "pk"]
        indexes = [
            models.Index(fields=["number_key", "id"], name="legislation_measure_by_number"),
            models.Index(fields=["-last_action_on", "number_key", "id"], name="legislation_measure_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number_key"],
                name="legislation_measure_number_is_unique_in_its_session",
                violation_error_message=_("This session has a measure with this number already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(number_key=""),
                name="legislation_measure_number_has_a_letter_or_a_digit",
                violation_error_message=_("A number has at least one letter or digit."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.session.identifier})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.number_key = number_key(self.number)
        self.search_text = measure_search_text(self)
        super().save(*args, **kwargs)
        keep([self])

    def get_absolute_url(self) -> str:
        return reverse("legislation:measure_detail", args=[self.pk])

    def clean(self) -> None:
        self.number_key = number_key(self.number)

    @property
    def title(self) -> str:
        return in_language(get_language(), self.title_en, self.title_fr)

    def fate(self, day: date) -> "Fate":
        """What it had come to at the end of that day."""
        return Fate.of(list(StageEvent.objects.filter(measure=self).until(day).oldest_first()))

    @property
    def summary(self) -> str:
        return in_language(get_language(), self.summary_en, self.summary_fr)

    @property
    def last_action(self) -> date | None:
        """The day of its newest action; None where none is on record."""
        return None if self.last_action_on == NOTHING_HAPPENED else self.last_action_on

    @property
    def stage_name(self) -> str:
        """Where it stands, in the legislature's own words where there are some. For rows of `with_stage`."""
        if not self.stage:
            return ""
        return self.stage_label or str(Stage(self.stage).label)


def measure_search_text(measure: Measure) -> str:
    words = [measure.number, measure.number_key, measure.short_name, measure.title_en, measure.title_fr]
    return fold(" ".join(words))[:1300]


class StageEventQuerySet(PublicRecordQuerySet["StageEvent"]):
    def until(self, day: date) -> Self:
        """What had happened by the end of that day; a source may name days ahead, such as that of effect."""
        return self.filter(on__lte=day)

    def after(self, day: date) -> Self:
        return self.filter(on__gt=day)

    def oldest_first(self) -> Self:
        """By measure, in the order in which they happened: the last one says where the measure stands."""
        return self.order_by("measure", "on", "order", "pk")


class StageEvent(models.Model):
    """A measure reached a stage on a day. Any order is accepted: bills are recalled, referred again, reconsidered.

    With a `source` it was imported, without one a person entered it: the audit trail says who.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="stage_events", verbose_name=_("measure")
    )
    on = models.DateField(_("date"))
    stage = models.CharField(_("stage"), max_length=16, choices=Stage.choices)
    local_label = models.CharField(
        _("in local words"), max_length=120, blank=True, help_text=_("As the legislature calls it.")
    )
    chamber = models.CharField(
        _("chamber"),
        max_length=11,
        choices=ChamberCode.choices,
        blank=True,
        help_text=_("Where it happened, if in one chamber."),
    )
    order = models.PositiveSmallIntegerField(
        _("order on its day"),
        default=0,
        help_text=_("Only where several steps fall on one day: the later one has the higher number."),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    url = models.URLField(_("source page"), max_length=500, blank=True)
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("imported from"),
    )

    objects: ClassVar[models.Manager["StageEvent"]] = models.Manager.from_queryset(StageEventQuerySet)()

    class Meta:
        verbose_name = _("stage event")
        verbose_name_plural = _("stage events")
        ordering = ["measure", "-on", "-order", "-pk"]
        indexes = [
            models.Index(fields=["measure", "-on", "-order", "-id"], name="legislation_stage_newest"),
            models.Index(fields=["on", "measure"], name="legislation_stage_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "on", "stage", "chamber"],
                name="legislation_stageevent_is_entered_once",
                violation_error_message=_("This step is on record for this day already."),
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values),
                name="legislation_stageevent_has_a_known_stage",
                violation_error_message=_("Choose one of the stages; local words have a field of their own."),
            ),
        ]

    def __str__(self) -> str:
        return self.local_label or str(self.get_stage_display())

    @property
    def result(self) -> Result:
        return result_of(self.stage)


@dataclass(frozen=True)
class Fate:
    """What a measure has come to, and since when: the first day of that result, not of its last formality."""

    result: Result
    since: date | None = None

    @classmethod
    def of(cls, events: Sequence[StageEvent]) -> Self:
        """From the events of one measure, oldest first. A bill that was revived is judged by its later end."""
        if not events:
            return cls(Result.OPEN)
        result, since = events[-1].result, events[-1].on
        for event in reversed(events):
            if event.result != result:
                break
            since = event.on
        return cls(result, since)

    @property
    def is_open(self) -> bool:
        return self.result == Result.OPEN


def by_measure(events: Iterable[StageEvent]) -> dict[int, list[StageEvent]]:
    """The events of several measures, each in the order in which they were given."""
    found: dict[int, list[StageEvent]] = {}
    for event in events:
        found.setdefault(event.measure_id, []).append(event)
    return found
