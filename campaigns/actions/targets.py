"""The list of offices of a campaign: made at launch, and kept true while it runs."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from advocacy.audit import trail
from campaigns import targeting
from campaigns.models import Campaign, Target, TargetState
from campaigns.targeting import Office
from members.access import society_today

_KEPT_TRUE = ["state", "why", "group", "seat", "rule", "is_own_only", "is_fallback", "changed_at"]


@transaction.atomic
def renew(campaign: Campaign, *, now: datetime) -> dict[str, int]:
    """Bring the list up to the record of today: who left is marked, who came is added, groups follow what they said.

    Returns how many were added, left and changed. Done again it changes nothing.
    """
    # Two at once would both write down who left: the second waits, and finds nothing to do.
    rows = Campaign.objects.filter(pk=campaign.pk).order_by()
    list((rows.select_for_update() if connection.features.has_select_for_update else rows).values("pk"))
    offices = targeting.offices_of(campaign, society_today())
    kept = {_key(target): target for target in campaign.targets.select_related("official", "seat")}
    named = {office.key for office in offices}
    added = [as_target(campaign, office, now) for office in offices if office.key not in kept]
    changed = [
        target for office in offices if (target := kept.get(office.key)) and _follows(target, office, now)
    ]
    left = list(_leaving((target for key, target in kept.items() if key not in named), now))
    Target.objects.bulk_create(added, batch_size=500)
    Target.objects.bulk_update([*changed, *left], _KEPT_TRUE, batch_size=500)
    if (added and kept) or left:
        note = {"added": [None, len(added)], "left": [None, len(left)]}
        trail.record(by=None, verb="edited", of=campaign, changes=note)
    return {"added": len(added), "left": len(left), "changed": len(changed)}


def _key(target: Target) -> tuple[int, str]:
    return target.official_id or 0, target.agency_name


def as_target(campaign: Campaign, office: Office, now: datetime) -> Target:
    """The office as a row of the list."""
    return Target(
        campaign=campaign,
        rule=office.rule,
        official=office.official,
        seat=office.seat,
        agency_name="" if office.official else office.rule.agency_name,
        agency_name_fr="" if office.official else office.rule.agency_name_fr,
        group=office.group,
        is_own_only=office.is_own_only,
        is_fallback=office.rule.is_fallback,
        state=TargetState.EXCLUDED if office.left_alone else TargetState.ACTIVE,
        why=office.left_alone,
        added_at=now,
        changed_at=now,
    )


def _follows(target: Target, office: Office, now: datetime) -> bool:
    """Take over what the record says now; whether anything differed."""
    new = as_target(target.campaign, office, now)
    names = [name for name in _KEPT_TRUE if name not in ("changed_at", "rule", "seat")]
    names += ["rule_id", "seat_id"]
    if all(getattr(target, name) == getattr(new, name) for name in names):
        return False
    for name in names:
        setattr(target, name, getattr(new, name))
    target.changed_at = now
    return True


def _leaving(targets: Iterable[Target], now: datetime) -> Iterable[Target]:
    for target in targets:
        if target.state != TargetState.LEFT:
            target.state, target.changed_at = TargetState.LEFT, now
            target.why = _("No longer named by the rules of the campaign, or out of office.")
            yield target
