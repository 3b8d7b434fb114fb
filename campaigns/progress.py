"""How far a campaign is: who took part, whom they reached, how, and what of it we know ourselves."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from advocacy.accounts.models import Language
from campaigns.models import Campaign, Confirmation, Letter, Method, Participation

# What has left, as far as we or the supporter know.
_GONE = (Confirmation.CONFIRMED, Confirmation.SELF_REPORTED)


@dataclass(frozen=True)
class MethodLine:
    """One way of delivery: what the portal saw, and apart from it what supporters said."""

    label: str
    confirmed: int
    self_reported: int
    waiting: int
    failed: int

    @property
    def all(self) -> int:
        return self.confirmed + self.self_reported + self.waiting + self.failed


@dataclass(frozen=True)
class Progress:
    """`personalised` is the share of participants with words of their own, in per cent; None where nobody took part."""

    participants: int
    officials: int
    personalised: int | None
    methods: list[MethodLine]
    languages: list[tuple[str, int]]
    held: int


def progress_of(campaign: Campaign) -> Progress:
    """In four queries, however many took part."""
    rows = Participation.objects.filter(campaign=campaign)
    people = rows.counted().aggregate(all=Count("pk"), own=Count("pk", filter=Q(is_personalised=True)))
    letters = Letter.objects.counted().filter(participation__campaign=campaign).order_by()
    reached = letters.filter(confirmation__in=_GONE).aggregate(n=Count("target", distinct=True))["n"]
    spoken = rows.counted().order_by().values_list("language").annotate(n=Count("pk"))
    return Progress(
        participants=people["all"],
        officials=reached,
        personalised=round(people["own"] * 100 / people["all"]) if people["all"] else None,
        methods=method_lines(letters),
        languages=sorted((str(Language(code).label), n) for code, n in spoken),
        held=rows.held().count(),
    )


def method_lines(letters: QuerySet[Letter]) -> list[MethodLine]:
    """These letters by their way of delivery, the ways that were used."""
    by_campaign = method_lines_by(letters)
    return next(iter(by_campaign.values()), [])


def method_lines_by(letters: QuerySet[Letter]) -> dict[int, list[MethodLine]]:
    """The same for each campaign, by its key, in one query."""
    counted = letters.order_by().values_list("participation__campaign", "method", "confirmation")
    numbers: dict[int, dict[str, dict[str, int]]] = {}
    for campaign, method, confirmation, number in counted.annotate(n=Count("pk")):
        numbers.setdefault(campaign, {}).setdefault(method, {})[confirmation] = number
    return {
        campaign: [_line(method, ways[method]) for method in Method if method in ways]
        for campaign, ways in numbers.items()
    }


def _line(method: Method, numbers: dict[str, int]) -> MethodLine:
    return MethodLine(
        label=str(method.label),
        confirmed=numbers.get(Confirmation.CONFIRMED, 0),
        self_reported=numbers.get(Confirmation.SELF_REPORTED, 0),
        waiting=numbers.get(Confirmation.WAITING, 0),
        failed=numbers.get(Confirmation.FAILED, 0),
    )
