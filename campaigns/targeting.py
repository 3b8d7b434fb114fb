"""From the rules of a campaign to the offices that are written to, as the record stands on a day (DOMAIN.md W4, 2)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.interactions import standings
from advocacy.interactions.models import DoNotContact, Stance
from advocacy.positions.models.standpoint import AGAINST
from advocacy.positions.use import usable_for
from campaigns.models import Campaign, RuleKind, TargetGroup, TargetRule
from legislation.models import (
    ChamberCode,
    CommitteeMembership,
    Jurisdiction,
    Level,
    Official,
    Seat,
    Sponsorship,
    Tenure,
)
from members.models import ChapterTerritory

QUEBEC = "QC"
_LAWMAKERS = (ChamberCode.UPPER, ChamberCode.LOWER, ChamberCode.LEGISLATURE)
# These kinds may name a chamber; else they look where the measures are.
_IN_A_CHAMBER = (RuleKind.CHAMBER, RuleKind.STANCE, RuleKind.NOT_SPONSORS)
_GROUP_OF = {
    Stance.CHAMPION: TargetGroup.COMMITTED,
    Stance.YES: TargetGroup.COMMITTED,
    Stance.LEAN_YES: TargetGroup.SUPPORTIVE,
    Stance.UNDECIDED: TargetGroup.UNDECIDED,
    Stance.LEAN_NO: TargetGroup.OPPOSED,
    Stance.NO: TargetGroup.OPPOSED,
}
# Where our position is against the measure, who is for it is against us.
_TURNED = {
    TargetGroup.COMMITTED: TargetGroup.OPPOSED,
    TargetGroup.SUPPORTIVE: TargetGroup.OPPOSED,
    TargetGroup.OPPOSED: TargetGroup.COMMITTED,
}


@dataclass(frozen=True)
class Office:
    """An office that the rules name: an official in a seat, or an agency. `left_alone` says why nobody writes there."""

    rule: TargetRule
    official: Official | None = None
    seat: Seat | None = None
    group: TargetGroup = TargetGroup.EVERYONE
    left_alone: str = ""

    @property
    def key(self) -> tuple[int, str]:
        return (self.official.pk if self.official else 0), (
            self.rule.agency_name if not self.official else ""
        )

    @property
    def is_own_only(self) -> bool:
        """Constituents alone write there."""
        return self.rule.kind == RuleKind.MY_REPRESENTATIVES


def offices_of(campaign: Campaign, day: date) -> list[Office]:
    """Every office that the rules name on that day, each once: the first rule that names it counts."""
    found: dict[tuple[int, str], Office] = {}
    for rule in campaign.rules.select_related("chamber__jurisdiction", "committee", "jurisdiction"):
        for office in _named_by(rule, campaign, day):
            found.setdefault(office.key, office)
    grouped = _grouped(list(found.values()), campaign, day)
    wanted = [office for office in grouped if _is_wanted(office)]
    return _left_alone(wanted, campaign, day)


def asks_in_both_languages(campaign: Campaign) -> bool:
    """Whether a Canadian federal or a Quebec office is among them: both languages are owed there (DOMAIN.md W4, 3)."""
    return any(_is_bilingual(place) for place in _jurisdictions(campaign))


def _is_bilingual(place: Jurisdiction) -> bool:
    return place.country == "CA" and (place.level == Level.FEDERAL or place.abbreviation == QUEBEC)


def _jurisdictions(campaign: Campaign) -> Iterator[Jurisdiction]:
    for rule in campaign.rules.select_related(
        "jurisdiction", "chamber__jurisdiction", "committee__jurisdiction"
    ).prefetch_related("officials__tenures__seat__chamber__jurisdiction"):
        if rule.kind == RuleKind.MY_REPRESENTATIVES:
            yield from [rule.jurisdiction] if rule.jurisdiction else worked_in(campaign)
        elif rule.kind in _IN_A_CHAMBER and rule.chamber:
            yield rule.chamber.jurisdiction
        elif rule.kind == RuleKind.COMMITTEE and rule.committee:
            yield rule.committee.jurisdiction
        elif rule.kind == RuleKind.NAMED:
            for official in rule.officials.all():
                yield from (tenure.seat.chamber.jurisdiction for tenure in official.tenures.all())
        elif rule.kind == RuleKind.AGENCY and rule.jurisdiction:
            yield rule.jurisdiction
        else:
            yield from (measure.session.jurisdiction for measure in campaign.measures.all())


def worked_in(campaign: Campaign) -> list[Jurisdiction]:
    """Where the chapters taking part work, and the countries above."""
    rows = ChapterTerritory.objects.filter(
        Q(chapter=campaign.chapter_id) | Q(chapter__in=campaign.chapters.order_by().values("pk"))
    )
    keys = rows.values_list("jurisdiction_id", "jurisdiction__parent_id").order_by()
    return list(Jurisdiction.objects.filter(pk__in={pk for pair in keys for pk in pair if pk}))


def _named_by(rule: TargetRule, campaign: Campaign, day: date) -> Iterator[Office]:
    if rule.kind == RuleKind.AGENCY:
        yield Office(rule)
        return
    tenures = Tenure.objects.in_force(day).filter(_held(rule, campaign, day))
    if rule.party:
        tenures = tenures.filter(official__in=Official.objects.of_party(rule.party, day))
    rows = tenures.select_related("official", "seat__chamber__jurisdiction", "seat__division__jurisdiction")
    seen: set[int] = set()
    for tenure in rows.order_by("official__sort_name", "-starts_on", "pk"):
        if tenure.official_id not in seen:
            seen.add(tenure.official_id)
            yield Office(rule, tenure.official, tenure.seat)


def _held(rule: TargetRule, campaign: Campaign, day: date) -> Q:
    measures = campaign.measures.order_by().values("pk")
    if rule.kind == RuleKind.MY_REPRESENTATIVES:
        return _own(rule, campaign)
    if rule.kind == RuleKind.CHAMBER:
        return Q(seat__chamber=rule.chamber_id)
    if rule.kind == RuleKind.COMMITTEE:
        members = CommitteeMembership.objects.in_force(day).filter(committee=rule.committee_id)
        return Q(official__in=members.order_by().values("official")) & _lawmakers()
    if rule.kind == RuleKind.NAMED:
        return Q(official__in=rule.officials.order_by().values("pk"))
    sponsors = Q(
        official__in=Sponsorship.objects.standing()
        .filter(measure__in=measures, official__isnull=False)
        .order_by()
        .values("official")
    )
    if rule.kind == RuleKind.SPONSORS:
        return sponsors & _lawmakers()
    legislatures = Q(
        seat__chamber__jurisdiction__in=campaign.measures.order_by().values("session__jurisdiction")
    )
    chosen = Q(seat__chamber=rule.chamber_id) if rule.chamber_id else legislatures & _lawmakers()
    return chosen & ~sponsors if rule.kind == RuleKind.NOT_SPONSORS else chosen


def _lawmakers() -> Q:
    return Q(seat__chamber__code__in=_LAWMAKERS)


def _own(rule: TargetRule, campaign: Campaign) -> Q:
    """The pool of those who are somebody's own; whose, the supporter's place tells."""
    codes = Q(seat__chamber__code=rule.chamber_code) if rule.chamber_code else _lawmakers()
    if rule.jurisdiction_id:
        return codes & Q(seat__chamber__jurisdiction=rule.jurisdiction_id)
    return codes & Q(seat__chamber__jurisdiction__in=[place.pk for place in worked_in(campaign)])


def _is_against(campaign: Campaign) -> bool:
    """Whether our position is against the measures: then who supports them stands against us."""
    held = (usable_for(measure, campaign.chapter) for measure in campaign.measures.all())
    return any(position.position in AGAINST for position in held if position)


def _grouped(offices: Collection[Office], campaign: Campaign, day: date) -> Iterable[Office]:
    is_against = _is_against(campaign)
    officials = [office.official.pk for office in offices if office.official]
    groups: dict[int, TargetGroup] = {}
    for measure in campaign.measures.all():
        for pk, words in standings.words_known_to_all(measure, officials).items():
            if word := standings.standing(words, day):
                group = _GROUP_OF.get(Stance(word.stance), TargetGroup.EVERYONE)
                groups[pk] = _TURNED.get(group, group) if is_against else group
    for office in offices:
        pk = office.official.pk if office.official else 0
        yield replace(office, group=groups.get(pk, TargetGroup.EVERYONE))


def _is_wanted(office: Office) -> bool:
    """A rule by stance keeps those who stand there."""
    return office.rule.kind != RuleKind.STANCE or office.group in office.rule.stances


def _left_alone(offices: list[Office], campaign: Campaign, day: date) -> list[Office]:
    """Whom a note asks to leave alone; and the committed, unless there is a text that thanks them."""
    notes = dict(DoNotContact.objects.in_force(day).values_list("official", "reason"))
    thanks = campaign.messages.filter(group=TargetGroup.COMMITTED).exists()
    found = []
    for office in offices:
        why = ""
        if office.official and office.official.pk in notes:
            why = _("A note asks to leave this office alone.")
        elif office.group == TargetGroup.COMMITTED and not thanks:
            why = _("Committed already, and there is no text that thanks them.")
        found.append(replace(office, left_alone=why))
    return found
