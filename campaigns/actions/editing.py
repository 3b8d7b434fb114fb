"""Writing a campaign: its brief, its texts, its target rules. Only an idea or a draft is written on (DOMAIN.md W4)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from advocacy.accounts.models import Language, User
from advocacy.audit import trail
from advocacy.audit.trail import Changes
from campaigns import default_texts
from campaigns.actions import campaigns
from campaigns.choosing import OF_STAFF, chapters_for, lists_for, owners_for
from campaigns.errors import MayNotChoose, MayNotRun, NotToEdit
from campaigns.models import Appeal, Campaign, CampaignKind, Compliance, Message, TargetRule
from campaigns.models.choices import EDITABLE
from legislation.models import Measure, Official
from members.access import reach_of
from members.models import Chapter

# A second press of the same button arrives within this.
_ONE_PRESS = timedelta(minutes=1)
# What a campaign takes over from an earlier one: no people, no dates, no approvals.
_COPIED = (
    "kind", "goal", "ask", "ask_fr", "summary", "summary_fr", "zone", "compliance", "wanted_participants",
    "wanted_officials", "wanted_personalised", "needs_own_words", "word_limit", "handover_url", "asks_members",
    "tolerated_drift",
)  # fmt: skip
_COPIED_RULE = (
    "kind", "jurisdiction", "chamber_code", "chamber", "committee", "stances", "agency_name", "agency_name_fr",
    "agency_email", "agency_url", "docket", "is_fallback",
)  # fmt: skip
_MAY_CHOOSE: dict[str, Callable[[User, Campaign], models.QuerySet[Any]]] = {
    "chapters": chapters_for,
    "lists": lists_for,
    "owner": lambda user, campaign: owners_for(campaign),
}


@transaction.atomic
def begin(
    *,
    by: User,
    now: datetime,
    chapter: Chapter | None,
    name: str,
    kind: str,
    measures: Collection[Measure] = (),
    languages: Collection[str] = (),
    **fields: Any,
) -> Campaign:
    """A draft with proposed texts in these languages. A second press finds what the first began. Raises MayNotRun."""
    if again := _pressed_before(by, name, kind, now):
        return again
    if not measures and kind in (CampaignKind.COMMENT, CampaignKind.PETITION):
        fields.setdefault("compliance", Compliance.NONE)
    campaign = campaigns.begin(
        by=by, now=now, chapter=chapter, name=name, kind=kind, slug=_free_slug(name), **fields
    )
    campaign.measures.set(measures)
    for language in languages:
        _propose_texts(campaign, language, has_measure=bool(measures))
    return campaign


@transaction.atomic
def begin_like(past: Campaign, *, by: User, now: datetime, chapter: Chapter | None, name: str) -> Campaign:
    """A draft with the words and the target rules of an earlier campaign, and nothing of its people or dates."""
    if again := _pressed_before(by, name, past.kind, now):
        return again
    fields = {field: getattr(past, field) for field in _COPIED}
    campaign = campaigns.begin(by=by, now=now, chapter=chapter, name=name, slug=_free_slug(name), **fields)
    campaign.measures.set(past.measures.all())
    for row in (*past.messages.all(), *past.appeals.all()):
        row.pk, row.campaign, row._state.adding = None, campaign, True
        row.save()
    for rule in past.rules.prefetch_related("officials"):
        kept = {field: getattr(rule, field) for field in _COPIED_RULE}
        party = rule.party if reach_of(by).is_staff else ""
        copied = TargetRule.objects.create(campaign=campaign, party=party, **kept)
        copied.officials.set(rule.officials.all())
    return campaign


@transaction.atomic
def edit(campaign: Campaign, *, by: User, **fields: Any) -> bool:
    """Take over these fields. False where nothing differs. Raises MayNotRun, NotToEdit and MayNotChoose."""
    hold(campaign, by)
    before = trail.snapshot(Campaign.objects.get(pk=campaign.pk), fields)
    _may_choose(campaign, fields, by)
    many = {name for name in fields if Campaign._meta.get_field(name).many_to_many}
    for name in fields.keys() - many:
        setattr(campaign, name, fields[name])
    campaign.save(update_fields=sorted(fields.keys() - many))
    for name in many:
        getattr(campaign, name).set(fields[name])
    changes = trail.difference(before, trail.snapshot(campaign, fields))
    return _kept(campaign, by, changes)


@transaction.atomic
def write_message(campaign: Campaign, *, by: User, group: str, language: str, **texts: str) -> bool:
    """What supporters send, to one group of officials in one language; without subject and text it is taken out."""
    hold(campaign, by)
    return _write(
        Message(campaign=campaign, group=group, language=language), ("group", "language"), texts, by
    )


@transaction.atomic
def write_appeal(campaign: Campaign, *, by: User, purpose: str, language: str, **texts: str) -> bool:
    """Our mail to supporters, for one purpose in one language; without subject and text it is taken out."""
    hold(campaign, by)
    row = Appeal(campaign=campaign, purpose=purpose, language=language)
    return _write(row, ("purpose", "language"), texts, by)


@transaction.atomic
def save_rule(rule: TargetRule, *, by: User, officials: Iterable[Official] = ()) -> None:
    """Add a rule, or keep its changes. `rule` carries what it shall say. Raises as `edit` does."""
    hold(rule.campaign, by)
    known = TargetRule.objects.filter(pk=rule.pk).first()
    before = _rule_words(known) if known else ""
    if rule.party and rule.party != (known.party if known else "") and not reach_of(by).is_staff:
        raise MayNotChoose(str(TargetRule._meta.get_field("party").verbose_name))
    rule.save()
    rule.officials.set(officials)
    _kept(rule.campaign, by, {"rules": [before, _rule_words(rule)]})


@transaction.atomic
def remove_rule(rule: TargetRule, *, by: User) -> None:
    hold(rule.campaign, by)
    _kept(rule.campaign, by, {"rules": [_rule_words(rule), ""]})
    rule.delete()


def _pressed_before(by: User, name: str, kind: str, now: datetime) -> Campaign | None:
    mine = Campaign.objects.filter(created_by=by, name=name, kind=kind, created_at__gt=now - _ONE_PRESS)
    return mine.filter(created_at__lte=now).first()


def _free_slug(name: str) -> str:
    """From the name, with a number behind it where that is taken."""
    bare = slugify(name)[:50].strip("-") or "campaign"
    taken = set(Campaign.objects.filter(slug__startswith=bare).values_list("slug", flat=True))
    return next(slug for slug in _numbered(bare) if slug not in taken)


def _numbered(bare: str) -> Iterable[str]:
    yield bare
    number = 2
    while True:
        yield f"{bare}-{number}"
        number += 1


def _propose_texts(campaign: Campaign, language: str, *, has_measure: bool) -> None:
    text = default_texts.message(campaign.kind, language, has_measure=has_measure)
    Message.objects.create(campaign=campaign, language=language, **text._asdict())
    for purpose in default_texts.PROPOSED_AT_ONCE:
        mail = default_texts.appeal(purpose, language, has_measure=has_measure)
        Appeal.objects.create(
            campaign=campaign, purpose=purpose, language=language, subject=mail.subject, body=mail.body
        )


def hold(campaign: Campaign, by: User) -> None:
    """Hold the campaign while it is written on: whoever submits it meanwhile waits, or was first."""
    if not Campaign.objects.run_by(by).filter(pk=campaign.pk).exists():
        raise MayNotRun
    status = Campaign.objects.select_for_update().values_list("status", flat=True).get(pk=campaign.pk)
    if status not in EDITABLE:
        raise NotToEdit


def _may_choose(campaign: Campaign, fields: Mapping[str, Any], by: User) -> None:
    for name in fields:
        field = Campaign._meta.get_field(name)
        label = str(getattr(field, "verbose_name", name))
        if name in OF_STAFF and not reach_of(by).is_staff:
            stored = Campaign.objects.values_list(name, flat=True).get(pk=campaign.pk)
            if fields[name] != stored:
                raise MayNotChoose(label)
        if offered := _MAY_CHOOSE.get(name):
            rows = fields[name] if field.many_to_many else [fields[name]]
            keys = {row.pk for row in rows}
            if offered(by, campaign).filter(pk__in=keys).count() != len(keys):
                raise MayNotChoose(label)


def _write(row: models.Model, key: tuple[str, ...], texts: dict[str, str], by: User) -> bool:
    campaign: Campaign = row.campaign  # type: ignore[attr-defined]  # a message or an appeal
    known = type(row)._default_manager.filter(campaign=campaign, **{name: getattr(row, name) for name in key})
    found = known.first()
    before = trail.snapshot(found, texts) if found else dict.fromkeys(texts, "")
    written = found or row
    if texts["subject"] or texts["body"]:
        for name, value in texts.items():
            setattr(written, name, value)
        written.full_clean(validate_unique=False)
        written.save()
    elif found:
        found.delete()
        texts = dict.fromkeys(texts, "")
    changes = trail.difference(before, dict(texts))
    return _kept(campaign, by, {f"{written} · {_label(row, name)}": both for name, both in changes.items()})


def _label(row: models.Model, name: str) -> str:
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def _rule_words(rule: TargetRule) -> str:
    named = ", ".join(str(one) for one in rule.officials.all()[:20])
    return ": ".join(filter(None, [str(rule), named]))[:500]


def _kept(campaign: Campaign, by: User, changes: Changes) -> bool:
    if changes:
        trail.record(by=by, verb="edited", of=campaign, changes=changes)
    return bool(changes)


def proposed_languages(chapter: Chapter | None, measures: Collection[Measure]) -> list[str]:
    """In which languages to begin: both where a chapter or a legislature speaks French, else English."""
    is_french = chapter is not None and chapter.language == Language.FRENCH
    is_canadian = any(one.session.jurisdiction.country == "CA" for one in measures)
    return [Language.ENGLISH, Language.FRENCH] if is_french or is_canadian else [Language.ENGLISH]
