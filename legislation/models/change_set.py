"""What an import would change, or has changed: one set for one jurisdiction, decided and undone as a whole."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from legislation.models.jurisdiction import Jurisdiction
from legislation.models.official import Official
from legislation.models.public_record import PublicRecordQuerySet
from legislation.models.source import ImportRun, Source


class ChangeSetState(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for a decision")
    APPLIED = "applied", _("Applied")
    REJECTED = "rejected", _("Rejected")
    UNDONE = "undone", _("Undone")
    SUPERSEDED = "superseded", _("Overtaken by a newer import")


class ChangeKind(models.TextChoices):
    LEFT = "left", _("Left office")
    JOINED = "joined", _("Joined")
    MOVED_SEAT = "moved_seat", _("Moved seat")
    VACANCY = "vacancy", _("Seat becomes vacant")
    VANISHED = "vanished", _("No longer listed")
    REAPPEARED = "reappeared", _("Listed again")
    CHANGED_PARTY = "changed_party", _("Changed party")
    CHANGED_OFFICE = "changed_office", _("Changed office")
    CHANGED = "changed", _("Changed")
    ADDED = "added", _("Added")
    UNMATCHED = "unmatched", _("Not matched")


class ImportChangeSetQuerySet(PublicRecordQuerySet["ImportChangeSet"]):
    def proposed(self) -> Self:
        return self.filter(state=ChangeSetState.PROPOSED)

    def about(self, source: Source, jurisdiction: Jurisdiction | None) -> Self:
        return self.filter(source=source, jurisdiction=jurisdiction)

    def overtake(self, now: datetime) -> int:
        """What waits among these is answered by a newer import. Returns how many."""
        values = {"state": ChangeSetState.SUPERSEDED, "decided_at": now, "snapshot": b""}
        return self.proposed().update(**values)


class ImportChangeSet(models.Model):
    """What one import found about one jurisdiction: applied by rule, or waiting for a person.

    A snapshot that brings both leaves two sets: the safe part, applied at once, and the rest, whose `safe_part`
    names the first. `snapshot` is what the source said, kept only while the set waits; `fingerprint` says what
    would be written, so that nobody approves something else than they read. `images` are the rows before and
    after, from which an applied set is undone.
    """

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="change_sets", verbose_name=_("source")
    )
    # May itself be new, and go when the set that brought it is undone; the name stays readable.
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("jurisdiction")
    )
    scope_name = models.CharField(_("about"), max_length=200)
    run = models.ForeignKey(
        ImportRun,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="change_sets",
        verbose_name=_("import run"),
    )
    safe_part = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rest",
        verbose_name=_("the part that was applied at once"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ChangeSetState.choices, default=ChangeSetState.PROPOSED
    )
    day = models.DateField(_("found on"), help_text=_("Ends that the source does not date count from here."))
    made_at = models.DateTimeField(_("made"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
        help_text=_("Empty where the rule decided."),
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    rows_written = models.PositiveIntegerField(_("rows written"), default=0)
    counts = models.JSONField(_("counts"), default=dict)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    was_forced = models.BooleanField(_("believed against the checks"), default=False)
    snapshot = models.BinaryField(default=b"")
    images = models.BinaryField(default=b"")

    objects = ImportChangeSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("change set")
        verbose_name_plural = _("change sets")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["source", "jurisdiction", "state"], name="legislation_changeset_scope")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ChangeSetState.PROPOSED, decided_at=None, decided_by=None)
                | (~Q(state=ChangeSetState.PROPOSED) & Q(decided_at__isnull=False)),
                name="legislation_changeset_decided_says_when",
                violation_error_message=_("A change set is either waiting, or says when it was decided."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeSetState.REJECTED) | (~Q(reason="") & Q(decided_by__isnull=False)),
                name="legislation_changeset_rejected_says_why",
                violation_error_message=_("Say why it is rejected."),
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeSetState.UNDONE, undone_at__isnull=False, undone_by__isnull=False)
                | (~Q(state=ChangeSetState.UNDONE) & Q(undone_at=None, undone_by=None)),
                name="legislation_changeset_undone_says_who_and_when",
                violation_error_message=_("An undone change set says who undid it and when."),
            ),
            models.UniqueConstraint(
                fields=["source", "jurisdiction"],
                condition=Q(state=ChangeSetState.PROPOSED),
                name="legislation_changeset_one_waits_per_jurisdiction",
                violation_error_message=_("A change set of this source waits for this jurisdiction already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.scope_name} ({self.made_at:%Y-%m-%d})"

    def kinds(self) -> list[tuple[str, int]]:
        """How many changes of each kind, in the order in which they matter."""
        return [(str(kind.label), self.counts[kind]) for kind in ChangeKind if self.counts.get(kind)]

    def settle(self, expected: ChangeSetState, **values: Any) -> bool:
        """Change the state from the one expected. False when somebody was faster."""
        changed = type(self).objects.filter(pk=self.pk, state=expected).update(**values)
        if changed:
            self.refresh_from_db()
        return changed == 1

    def decide(self, state: ChangeSetState, *, by: User, now: datetime, reason: str = "") -> bool:
        """Approve or reject what waits. False when it was decided already: the first decision stands."""
        return self.settle(ChangeSetState.PROPOSED, state=state, decided_by=by, decided_at=now, reason=reason)


class ImportChangeQuerySet(PublicRecordQuerySet["ImportChange"]):
    def most_telling_first(self) -> Self:
        """Whoever leaves or joins before telephone numbers."""
        places = [When(kind=kind, then=Value(place)) for place, kind in enumerate(ChangeKind)]
        return self.order_by(Case(*places, output_field=models.IntegerField()), "name", "pk")


class ImportChange(models.Model):
    """One line of a change set: what happens to one person, committee or seat.

    `record` is the id at the source and `said` the fingerprint of what it said there. `before` and `after` hold
    values by `table.column#row`, whatever language they are read in.
    """

    change_set = models.ForeignKey(
        ImportChangeSet, on_delete=models.CASCADE, related_name="changes", verbose_name=_("change set")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=ChangeKind.choices)
    name = models.CharField(_("name"), max_length=300)
    record = models.CharField(_("id at the source"), max_length=200, blank=True)
    official = models.ForeignKey(
        Official,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("official"),
    )
    detail = models.TextField(_("detail"), blank=True)
    said = models.CharField(max_length=64, blank=True, editable=False)
    before = models.JSONField(_("before"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), default=dict, encoder=DjangoJSONEncoder)

    objects = ImportChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["change_set", "kind", "name", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes a later finding the same as this one."""
        return (self.kind, self.record, self.said, self.detail)

    def differences(self) -> Iterator[tuple[str, str, str]]:
        """What changes, each as (label, old, new)."""
        for key in dict.fromkeys([*self.before, *self.after]):
            yield _label(key), _text(self.before.get(key)), _text(self.after.get(key))


def counted(changes: list[ImportChange]) -> dict[str, int]:
    return dict(Counter(change.kind for change in changes))


def _label(key: str) -> str:
    """The words for `table.column#row`; what is added whole has no column."""
    place = key.partition("#")[0]
    table, _dot, column = place.partition(".")
    opts = apps.get_model("legislation", table)._meta
    if not column:
        return str(opts.verbose_name)
    return f"{opts.verbose_name} · {getattr(opts.get_field(column), 'verbose_name', column)}"


def _text(value: Any) -> str:
    return "" if value is None else str(value)
