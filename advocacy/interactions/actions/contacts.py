"""What people do with contacts: log, plan, draft, edit, join, delete, restore.

`contacts.log(by=dana, entry=entry, form_key=key, now=now)`. Every way in calls these: the form, the debrief, an
import, the API, the admin. Each act checks who may, changes, and leaves its trace in one transaction.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions import parties
from advocacy.interactions.actions import followups, meeting_requests
from advocacy.interactions.entry import Entry
from advocacy.interactions.errors import (
    AlreadyDeleted,
    CannotJoinRestricted,
    ChangedMeanwhile,
    InTheFuture,
    NotAllowedToChange,
    NotAllowedToLogHere,
)
from advocacy.interactions.models import (
    Confidentiality,
    Credit,
    Impression,
    Interaction,
    MeetingRequest,
    Participant,
    State,
)
from advocacy.kernel import happenings
from advocacy.kernel.zones import today_in
from members.access import chapters_to_log_for
from members.models import Chapter

_FACTS = (
    "state", "kind", "purpose", "occurred_on", "occurred_at_time", "zone", "chapter", "summary", "confidentiality",
    "concerns", "questions", "recommendations", "allies", "personal_notes", "stories_used", "materials_left",
    "partners_present", "duration_minutes", "location", "initiated_by", "was_voicemail_only", "replied_on",
    "discussed_specific_legislation", "capacity", "gift_value", "gift_currency",
)  # fmt: skip
_SIDES = ("offices", "counterparts", "participants", "credits", "topics", "materials", "asks", "commitments")


def log(
    *,
    by: User,
    entry: Entry,
    form_key: UUID,
    now: datetime,
    resembles: Interaction | None = None,
    request: MeetingRequest | None = None,
    is_vouched_for: bool = False,
) -> tuple[Interaction, bool]:
    """Put a contact into the log. Returns the record, and whether this call made it.

    The same `form_key` again returns the first record: a double click, a resend and a retry make one.
    `request` is the meeting request that led to it, logged with it. `is_vouched_for`: the caller knows another right
    to report just this meeting in the chapter's name, such as having been in the team of an Advocacy Day.
    Raises NotAllowedToLogHere, and InTheFuture for a day that has not begun where it happened.
    """
    _check_day(entry, now)
    if not is_vouched_for:
        _check_chapter(by, entry.facts.chapter)
    return _create(
        by=by,
        entry=entry,
        form_key=form_key,
        state=State.LOGGED,
        now=now,
        resembles=resembles,
        request=request,
    )


def plan(
    *, by: User, entry: Entry, form_key: UUID, now: datetime, request: MeetingRequest | None = None
) -> tuple[Interaction, bool]:
    """Note a contact that is still to come; colleagues see it, nothing counts it."""
    _check_chapter(by, entry.facts.chapter)
    return _create(by=by, entry=entry, form_key=form_key, state=State.PLANNED, now=now, request=request)


def save_draft(
    *, by: User, entry: Entry, form_key: UUID, now: datetime, request: MeetingRequest | None = None
) -> tuple[Interaction, bool]:
    """Keep unfinished notes that only their author sees."""
    _check_chapter(by, entry.facts.chapter)
    return _create(by=by, entry=entry, form_key=form_key, state=State.DRAFT, now=now, request=request)


def _create(
    *,
    by: User,
    entry: Entry,
    form_key: UUID,
    state: State,
    now: datetime,
    resembles: Interaction | None = None,
    request: MeetingRequest | None = None,
) -> tuple[Interaction, bool]:
    made = Interaction.objects.filter(form_key=form_key, logged_by=by).first()
    if made is not None:
        return made, False
    try:
        with transaction.atomic():
            interaction = Interaction.objects.create(
                form_key=form_key,
                state=state,
                logged_by=by,
                logged_at=now if state == State.LOGGED else None,
                resembles=resembles,
                **_values(entry),
            )
            if request is not None:
                meeting_requests.attach(request, interaction, by=by)
            _write_rest(interaction, entry, by=by, now=now)
            trail.record(by=by, verb=_verb(state), of=interaction)
            if state == State.LOGGED:
                happenings.tell("interaction.logged", [interaction.pk], at=now)
    except IntegrityError:
        made = Interaction.objects.filter(form_key=form_key).first()
        if made is None:
            raise
        if made.logged_by_id != by.pk:  # the key of somebody else's form: it says nothing about this one
            return _create(
                by=by,
                entry=entry,
                form_key=uuid4(),
                state=state,
                now=now,
                resembles=resembles,
                request=request,
            )
        return made, False
    return interaction, True


def edit(
    *,
    by: User,
    interaction: Interaction,
    entry: Entry,
    version: int,
    now: datetime,
    state: State | None = None,
) -> Interaction:
    """Change a record, draft or plan; `state` moves it on (a draft or plan becomes logged).

    Raises ChangedMeanwhile when somebody saved since `version`, AlreadyDeleted, NotAllowedToChange,
    NotAllowedToLogHere, InTheFuture.
    """
    _check_may_change(by, interaction)
    target = state or State(interaction.state)
    if target == State.LOGGED:
        _check_day(entry, now)
    if entry.facts.chapter != interaction.chapter:
        _check_chapter(by, entry.facts.chapter)
    with transaction.atomic():
        before, was_draft = describe(interaction), interaction.is_draft
        was_logged = interaction.state == State.LOGGED
        was_in, was_on = interaction.chapter, interaction.occurred_on
        _claim(interaction, version)
        for name, value in _values(entry).items():
            setattr(interaction, name, value)
        interaction.state = target
        interaction.logged_at = (interaction.logged_at or now) if target == State.LOGGED else None
        interaction.version = version + 1
        interaction.save()
        if was_in != interaction.chapter:
            interaction.credits.filter(chapter=was_in).delete()
        if was_on != interaction.occurred_on:
            interaction.offices.exclude(
                official=None
            ).delete()  # written again, with the seats of the other day
        _write_rest(interaction, entry, by=by, now=now, was_draft=was_draft)
        if target == State.LOGGED and not was_logged:
            happenings.tell("interaction.logged", [interaction.pk], at=now)
        if was_draft:
            _record_leaving_draft(interaction, by)
        elif changes := trail.difference(before, describe(interaction)):
            trail.record(by=by, verb="edited", of=interaction, changes=changes)
    return interaction


def _record_leaving_draft(interaction: Interaction, by: User) -> None:
    """Only the author sees a draft: what stood in it before it was logged is in nobody's history."""
    if not interaction.is_draft:
        trail.record(by=by, verb=_verb(State(interaction.state)), of=interaction)


def join(*, by: User, interaction: Interaction, chapter: Chapter) -> bool:
    """Add a chapter and a person to a meeting that is on record already: one meeting, credited to both, counted once.

    False when both were there before. Raises NotAllowedToLogHere, NotAllowedToChange for a record the person
    may not read, and CannotJoinRestricted.
    """
    _check_chapter(by, chapter)
    if interaction.confidentiality == Confidentiality.RESTRICTED:
        raise CannotJoinRestricted(interaction.pk)
    if not Interaction.objects.visible_to(by).filter(pk=interaction.pk).exists():
        raise NotAllowedToChange(interaction.pk)
    with transaction.atomic():
        before = describe(interaction)
        _, is_new_chapter = Credit.objects.get_or_create(interaction=interaction, chapter=chapter)
        _, is_new_person = Participant.objects.get_or_create(interaction=interaction, person=by)
        if not (is_new_chapter or is_new_person):
            return False
        Interaction.objects.filter(pk=interaction.pk).update(version=F("version") + 1)
        changes = trail.difference(before, describe(interaction))
        trail.record(by=by, verb="joined", of=interaction, changes=changes)
    return True


def delete(*, by: User, interaction: Interaction, reason: str, now: datetime) -> bool:
    """Take a record out of the log, with a reason; it can be restored. False when it was gone already.

    Raises NotAllowedToChange.
    """
    if interaction.is_deleted:
        return False
    _check_may_change(by, interaction)
    with transaction.atomic():
        changed = Interaction.objects.filter(pk=interaction.pk, deleted_at=None).update(
            deleted_at=now, deleted_by=by, deletion_reason=reason
        )
        if changed:
            trail.record(by=by, verb="deleted", of=interaction, reason=reason)
            meeting_requests.unsettle(interaction, by=by)
    return changed == 1


def restore(*, by: User, interaction: Interaction) -> bool:
    """Bring a deleted record back as it was. False when somebody was faster. Raises NotAllowedToChange."""
    if not interaction.is_deleted:
        return False
    if not Interaction.objects.deleted_and_restorable_by(by).filter(pk=interaction.pk).exists():
        raise NotAllowedToChange(interaction.pk)
    with transaction.atomic():
        changed = Interaction.objects.filter(pk=interaction.pk, deleted_at__isnull=False).update(
            deleted_at=None, deleted_by=None, deletion_reason=""
        )
        if changed:
            trail.record(by=by, verb="restored", of=interaction)
            if interaction.state == State.LOGGED:
                meeting_requests.settle(interaction, by=by)
    return changed == 1


def describe(interaction: Interaction) -> dict[str, Any]:
    """The record as its history shows it: every fact and every party in words. Impressions keep a history apart."""
    facts = trail.snapshot(interaction, _FACTS)
    sides = {name: [str(row) for row in getattr(interaction, name).all()] for name in _SIDES}
    return facts | sides


def _values(entry: Entry) -> dict[str, Any]:
    facts = asdict(entry.facts)
    return facts | {"chapter": entry.facts.chapter}


def _check_chapter(by: User, chapter: Chapter) -> None:
    if not chapters_to_log_for(by).filter(pk=chapter.pk).exists():
        raise NotAllowedToLogHere(chapter.slug)


def _check_may_change(by: User, interaction: Interaction) -> None:
    own_drafts = Interaction.objects.drafts_of(by).filter(pk=interaction.pk)
    editable = Interaction.objects.editable_by(by).filter(pk=interaction.pk)
    if own_drafts.exists() or editable.exists():
        return
    if Interaction.objects.kept().filter(pk=interaction.pk).exists():
        raise NotAllowedToChange(interaction.pk)
    raise AlreadyDeleted(interaction.pk)


def _check_day(entry: Entry, now: datetime) -> None:
    if entry.facts.occurred_on > today_in(entry.facts.zone, now):
        raise InTheFuture(entry.facts.occurred_on.isoformat())


def _claim(interaction: Interaction, version: int) -> None:
    """Refuse to save over somebody else's words: exactly the version that was opened is replaced."""
    changed = (
        Interaction.objects.kept().filter(pk=interaction.pk, version=version).update(version=version + 1)
    )
    if changed == 1:
        return
    if Interaction.objects.kept().filter(pk=interaction.pk).exists():
        raise ChangedMeanwhile(interaction.pk)
    raise AlreadyDeleted(interaction.pk)


def _write_rest(
    interaction: Interaction, entry: Entry, *, by: User, now: datetime, was_draft: bool = False
) -> None:
    parties.write_credits(interaction)
    parties.write_offices(interaction, entry)
    parties.write_people(interaction, entry)
    parties.write_topics(interaction, entry)
    parties.write_materials(interaction, entry)
    parties.write_asks(interaction, entry.asks, by)
    promised = parties.write_promises(interaction, entry.promises)
    _write_impressions(interaction, entry, by, was_draft=was_draft)
    interaction.search_text = interaction.text_to_search()
    interaction.save(update_fields=["search_text"])
    if interaction.state == State.LOGGED:
        followups.arise_from(interaction, promised=promised, by=by, now=now)
        meeting_requests.settle(interaction, by=by)


def _write_impressions(interaction: Interaction, entry: Entry, by: User, *, was_draft: bool) -> None:
    """Impressions have a lock of their own, so their changes are recorded against themselves, and no draft's at all."""
    old = Impression.objects.filter(interaction=interaction).first()
    before = trail.snapshot(old, ("text", "confidentiality")) if old and not was_draft else {}
    parties.write_impressions(interaction, entry, by)
    if interaction.is_draft:
        return
    new = Impression.objects.filter(interaction=interaction).first()
    after = trail.snapshot(new, ("text", "confidentiality")) if new else {"text": "", "confidentiality": ""}
    changed = trail.difference(before, after)
    if (old or new) and changed and (row := new or old):
        trail.record(by=by, verb="edited", of=row, changes=changed)


def _verb(state: State) -> str:
    return {State.LOGGED: "logged", State.PLANNED: "planned", State.DRAFT: "drafted"}[state]
