"""What a survey says of a day: numbers for whoever reads its results, sentences without names for those who run it.

Of fewer than five answers neither is shown, to nobody: who was there would know who said it (DOMAIN.md W8).
"""

from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from advocacy.events.models import AdvocacyEvent, SurveyAnswer
from advocacy.events.models.survey import SurveyAnswerQuerySet

FEWEST = 5
_PROMOTERS, _DETRACTORS = Q(recommends__gte=9), Q(recommends__lte=6)


class Score(NamedTuple):
    """Net promoter score: the percentage of 9 and 10 less that of 0 to 6, from −100 to 100. None: too few answers."""

    answers: int
    net: int | None


class Lessons(NamedTuple):
    """Each in the order of the alphabet: neither the time nor the place tells who wrote it."""

    worked: list[str]
    better: list[str]


def score_of(event: AdvocacyEvent) -> Score:
    counted = _answers(event).aggregate(
        answers=Count("pk"),
        promoters=Count("pk", filter=_PROMOTERS),
        detractors=Count("pk", filter=_DETRACTORS),
    )
    answers = counted["answers"]
    if answers < FEWEST:
        return Score(answers, None)
    return Score(answers, round((counted["promoters"] - counted["detractors"]) * 100 / answers))


def lessons_of(event: AdvocacyEvent) -> Lessons:
    said = list(_answers(event).order_by().values_list("worked", "better"))
    if len(said) < FEWEST:
        return Lessons([], [])
    worked, better = ({text for text in texts if text} for texts in zip(*said, strict=True))
    return Lessons(sorted(worked, key=str.casefold), sorted(better, key=str.casefold))


def why_not_shown() -> str:
    """What stands in the place of what is not shown."""
    return _("Shown from five answers on, so that nobody can be recognized.")


def _answers(event: AdvocacyEvent) -> SurveyAnswerQuerySet:
    return SurveyAnswer.objects.filter(registration__event=event)
