"""Sign-on letters: one text that several organisations sign (DOMAIN.md W7)."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from advocacy.coalitions.models.organisation import Organisation
from advocacy.coalitions.models.visibility import near
from advocacy.kernel.two_clocks import by_both_clocks
from advocacy.kernel.zones import ZONE_CHOICES
from advocacy.positions.models import Position
from legislation.models import Measure, Official
from legislation.models.public_record import in_language
from members.access import Reach, reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Decision(models.TextChoices):
    """What we answer to the text."""

    SIGN = "sign", _("Sign")
    DECLINE = "decline", _("Decline")
    CHANGES = "changes", _("Ask for changes")


class LetterStatus(models.TextChoices):
    OPEN = "open", _("Open for signatures")
    LOCKED = "locked", _("Locked")
    SENT = "sent", _("Sent")
    CLOSED = "closed", pgettext_lazy("a letter", "Closed")


UNSENT = (LetterStatus.OPEN, LetterStatus.LOCKED)
NEEDS_REASON = (Decision.DECLINE, Decision.CHANGES)


class SignOnLetterQuerySet(models.QuerySet["SignOnLetter"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The society's: everybody who works with partners. A chapter's: who reads the chapter, and the advocates of
        its states and provinces, its team there.
        """
        return self.within(reach_of(user))

    def within(self, reach: Reach) -> Self:
        return self.filter(near(reach))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Those of chapters one logs for; the society's for the lead; all for staff."""
        reach = reach_of(user)
        if reach.is_staff:
            return self.all()
        own = Q(chapter__in=reach.logs_for)
        return self.filter(own | Q(chapter=None)) if reach.is_lead else self.filter(own)

    def decidable_by(self, user: "User | AnonymousUser") -> Self:
        """The second pair of eyes: the chapter's advocates and its president; for the society the lead and staff.

        Never whoever brought the letter in.
        """
        reach = reach_of(user)
        theirs = Q(chapter__in=reach.advocate_of | reach.president_of)
        if reach.reads_every_shared_record:
            theirs |= Q(chapter=None)
        if reach.is_staff:
            theirs = Q(pk__gt=0)
        return self.filter(theirs).exclude(brought_in_by=reach.person_id)

    def open(self) -> Self:
        return self.filter(status=LetterStatus.OPEN)

    def undecided(self) -> Self:
        return self.filter(decision="")

    def running(self, now: datetime) -> Self:
        """Not locked by hand, and the hard deadline has not passed."""
        return self.open().filter(hard_deadline_at__gte=now)

    def shown_as(self, status: str, now: datetime) -> Self:
        """As `status_label` says it: what stands open after its hard deadline is locked."""
        if status == LetterStatus.OPEN:
            return self.running(now)
        if status == LetterStatus.LOCKED:
            over = Q(status=LetterStatus.OPEN, hard_deadline_at__lt=now)
            return self.filter(over | Q(status=LetterStatus.LOCKED))
        return self.filter(status=status)

    def search(self, text: str) -> Self:
        wanted = text.strip()
        return self.filter(
            Q(title__icontains=wanted) | Q(title_fr__icontains=wanted) | Q(agency__icontains=wanted)
        )


class SignOnLetter(models.Model):
    """One letter in the name of several. `lead` leads it; without one we lead it, and invite.

    `decision` is ours, by somebody other than who brought the letter in. `position` is the approval that our
    signature rests on. From the moment after `hard_deadline_at` nothing is decided any more, unless staff add what
    came late, with the reason.
    """

    title = models.CharField(_("title"), max_length=200)
    title_fr = models.CharField(_("title in French"), max_length=200, blank=True)
    text = models.TextField(_("text in English"), max_length=30_000, blank=True)
    text_fr = models.TextField(_("text in French"), max_length=30_000, blank=True)
    officials = models.ManyToManyField(
        Official, blank=True, related_name="+", verbose_name=_("addressed to officials")
    )
    agency = models.CharField(_("addressed to an agency"), max_length=200, blank=True)
    measure = models.ForeignKey(
        Measure,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sign_on_letters",
        verbose_name=_("measure"),
    )
    lead = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters_led",
        verbose_name=_("led by"),
        help_text=_("Empty: we lead it and invite others."),
    )
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sign_on_letters",
        verbose_name=_("chapter"),
        help_text=_("Empty: the society itself."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("our owner")
    )
    brought_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("brought in by")
    )
    received_on = models.DateField(_("received on"), help_text=_("Of our own letter: begun on."))
    soft_deadline_at = models.DateTimeField(
        _("soft deadline"), help_text=_("When answers are hoped for. By the clock of the zone below.")
    )
    hard_deadline_at = models.DateTimeField(
        _("hard deadline"), help_text=_("After this moment nothing is signed any more.")
    )
    zone = models.CharField(_("time zone"), max_length=50, choices=ZONE_CHOICES, default="America/New_York")
    decision = models.CharField(_("our decision"), max_length=7, choices=Decision.choices, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    signed_as = models.CharField(_("signed as"), max_length=200, blank=True)
    position = models.ForeignKey(
        Position,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("under the position"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    late_reason = models.CharField(_("why it came late"), max_length=300, blank=True)
    status = models.CharField(
        _("status"), max_length=6, choices=LetterStatus.choices, default=LetterStatus.OPEN
    )
    final_count = models.PositiveIntegerField(_("number of signatories"), null=True, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), max_length=2000, blank=True)

    objects: ClassVar[models.Manager["SignOnLetter"]] = models.Manager.from_queryset(SignOnLetterQuerySet)()

    class Meta:
        verbose_name = _("sign-on letter")
        verbose_name_plural = _("sign-on letters")
        ordering = ["-hard_deadline_at", "-pk"]
        indexes = [models.Index(fields=["status", "hard_deadline_at"], name="coalitions_letter_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=["", *Decision.values], status__in=LetterStatus.values),
                name="coalitions_letter_has_a_known_decision_and_status",
                violation_error_message=_("Choose one of the decisions and one of the statuses."),
            ),
            models.CheckConstraint(
                condition=~Q(text="", text_fr=""),
                name="coalitions_letter_has_a_text",
                violation_error_message=_("Give the text in English, in French, or in both."),
            ),
            models.CheckConstraint(
                condition=Q(soft_deadline_at__lte=F("hard_deadline_at")),
                name="coalitions_letter_soft_deadline_is_not_after_the_hard_one",
                violation_error_message=_("The soft deadline cannot be after the hard one."),
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by=None, decided_at=None, position=None, signed_as="")
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="coalitions_letter_decision_by_and_at_go_together",
                violation_error_message=_("A decision names who took it and when."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("brought_in_by")),
                name="coalitions_letter_is_decided_by_somebody_else",
                violation_error_message=_("Whoever brought the letter in does not decide about it."),
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=NEEDS_REASON, reason=""),
                name="coalitions_letter_no_and_changes_have_a_reason",
                violation_error_message=_("Say why, or what should change."),
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.SIGN, signed_as=""),
                name="coalitions_letter_is_signed_under_a_name",
                violation_error_message=_("Say under which name we sign."),
            ),
            models.CheckConstraint(
                condition=Q(measure=None) | ~Q(decision=Decision.SIGN) | Q(position__isnull=False),
                name="coalitions_letter_on_a_measure_is_signed_under_a_position",
                violation_error_message=_("A letter on a measure is signed only under an approved position."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_at__lte=F("hard_deadline_at")) | ~Q(late_reason=""),
                name="coalitions_letter_is_decided_in_time_or_late_with_a_reason",
                violation_error_message=_("The hard deadline has passed: nothing is decided any more."),
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None, final_count=None)
                | Q(sent_on__isnull=False, final_count__isnull=False),
                name="coalitions_letter_sent_on_and_count_go_together",
                violation_error_message=_("Say on which day it was sent and how many signed."),
            ),
            models.CheckConstraint(
                condition=~Q(status=LetterStatus.SENT, sent_on=None)
                & (Q(sent_on=None) | Q(status__in=(LetterStatus.SENT, LetterStatus.CLOSED))),
                name="coalitions_letter_is_sent_on_a_day",
                violation_error_message=_("Say on which day it was sent and how many signed."),
            ),
            models.CheckConstraint(
                condition=~Q(status=LetterStatus.CLOSED, outcome=""),
                name="coalitions_letter_is_closed_with_an_outcome",
                violation_error_message=_("Say what came of it."),
            ),
        ]

    def __str__(self) -> str:
        return in_language(get_language(), self.title, self.title_fr)

    def get_absolute_url(self) -> str:
        return reverse("coalitions:letter_detail", args=[self.pk])

    @property
    def is_led_by_us(self) -> bool:
        return self.lead_id is None

    @property
    def is_signed_by_us(self) -> bool:
        return self.decision == Decision.SIGN

    @property
    def holder(self) -> str:
        return str(self.chapter) if self.chapter else gettext("Society")

    def title_in(self, language: str) -> str:
        return in_language(language, self.title, self.title_fr)

    def texts(self) -> list[tuple[str, str, str]]:
        """Language, title and text of each version there is."""
        versions = [("en", self.title, self.text), ("fr", self.title_fr or self.title, self.text_fr)]
        return [version for version in versions if version[2]]

    def addressees(self) -> list[str]:
        names = [str(official) for official in self.officials.all()]
        return [*names, self.agency] if self.agency else names

    def is_over(self, now: datetime) -> bool:
        """The hard deadline is the last moment that still counts."""
        return now > self.hard_deadline_at

    def is_locked(self, now: datetime) -> bool:
        return self.status != LetterStatus.OPEN or self.is_over(now)

    def status_label(self, now: datetime) -> str:
        """Open only until the hard deadline, whether or not somebody pressed the button by then."""
        if self.status == LetterStatus.OPEN and self.is_over(now):
            return str(LetterStatus.LOCKED.label)
        return self.get_status_display()

    def soft_deadline_for(self, zone: str) -> str:
        return by_both_clocks(self.soft_deadline_at, zone, self.zone)

    def hard_deadline_for(self, zone: str) -> str:
        """17:00 in New York is 14:00 in Los Angeles: by the reader's clock first, then by the letter's."""
        return by_both_clocks(self.hard_deadline_at, zone, self.zone)
