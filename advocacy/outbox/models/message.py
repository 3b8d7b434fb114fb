"""A message to one person, from the act that caused it to the answer of the mail server."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.outbox import links_that_open
from advocacy.outbox.streams import Stream

# What stands below a text begins here, as mail programs expect it.
SIGNATURE = "\n-- \n"


class MessageState(models.TextChoices):
    PENDING = "pending", _("Waiting")
    DEFERRED = "deferred", _("Waiting for another try")
    LEASED = "leased", _("In hand")
    ON_WIRE = "on_wire", _("Being handed over")
    SENT = "sent", _("Sent")
    REJECTED = "rejected", _("Refused by the mail server")
    UNCERTAIN = "uncertain", _("Uncertain")
    PRESUMED_SENT = "presumed_sent", _("Presumed sent")
    SUPPRESSED = "suppressed", _("Not sent: the address is suppressed")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Too late to send")
    FAILED = "failed", _("Failed")


WAITING = [MessageState.PENDING, MessageState.DEFERRED]
IN_HAND = [MessageState.LEASED, MessageState.ON_WIRE]
NOT_DELIVERED = [
    MessageState.REJECTED,
    MessageState.SUPPRESSED,
    MessageState.CANCELLED,
    MessageState.EXPIRED,
    MessageState.FAILED,
]
FINAL = [MessageState.SENT, MessageState.PRESUMED_SENT, *NOT_DELIVERED]
# Neither settled nor in hand, by the constraints below. SQLite finds its way to a partial index only where a question
# repeats the condition without a parameter, so the queue says it in these words and not by the state.
_NOT_DONE = Q(settled_at=None, lease_until=None)
_IN_THE_QUEUE = _NOT_DONE & ~Q(state=MessageState.UNCERTAIN)


class Answer(models.TextChoices):
    """What became of a message, as its reader asks: did I get it?"""

    SENT = "sent", _("Sent")
    WAITING = "waiting", _("Waiting")
    DOUBTFUL = "doubtful", _("Nobody knows")
    NOT_SENT = "not_sent", _("Not sent")


_STATES_OF = {
    Answer.SENT: [MessageState.SENT],
    Answer.WAITING: [*WAITING, *IN_HAND],
    Answer.DOUBTFUL: [MessageState.UNCERTAIN, MessageState.PRESUMED_SENT],
    Answer.NOT_SENT: NOT_DELIVERED,
}
_TONES = {Answer.SENT: "good", Answer.WAITING: "info", Answer.DOUBTFUL: "warn", Answer.NOT_SENT: "neutral"}
# For whoever the message was written to; `reason` and `day` are filled in where they are known.
_WORDS = {
    MessageState.PENDING: _("Waits to be sent"),
    MessageState.DEFERRED: _("The mail server did not take it yet; it is tried again"),
    MessageState.LEASED: _("Being sent"),
    MessageState.ON_WIRE: _("Being sent"),
    MessageState.SENT: _("Sent"),
    MessageState.REJECTED: _("Not sent: the mail server refused it"),
    MessageState.UNCERTAIN: _("Nobody knows whether it arrived: the connection was lost while it was sent"),
    MessageState.PRESUMED_SENT: _("Probably arrived: nothing came back"),
    MessageState.SUPPRESSED: _("Not sent: mail to this address is stopped"),
    MessageState.CANCELLED: _("Not sent"),
    MessageState.EXPIRED: _("Not sent: it would have come too late"),
    MessageState.FAILED: _("Not sent: an error of the portal"),
}


class OutboundMessageQuerySet(models.QuerySet["OutboundMessage"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What was sent, or is to be sent, to oneself; staff see all."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_staff else self.filter(user=user)

    def waiting(self) -> Self:
        return self.filter(state__in=WAITING)

    def due(self, now: datetime) -> Self:
        """Those whose turn it is. The order is the queue's: nobody waits behind a row that cannot go."""
        due = self.filter(_IN_THE_QUEUE, not_before__lte=now, is_held=False)
        return due.order_by("priority", "not_before", "pk")

    def held(self, now: datetime) -> Self:
        """Those that wait for their reader's weekly bundle, which is due."""
        return self.waiting().filter(is_held=True, not_before__lte=now)

    def overdue(self, now: datetime) -> Self:
        """Those that wait, and came too late to be of use."""
        return self.waiting().filter(expires_at__lte=now)

    def forsaken(self, now: datetime) -> Self:
        """Those whose worker has not been heard of for the length of a lease."""
        return self.filter(lease_until__lte=now).order_by("lease_until", "pk")

    def uncertain(self) -> Self:
        return self.filter(state=MessageState.UNCERTAIN)

    def sent_to(self, user: User) -> Self:
        """Written to this person, whatever became of it."""
        return self.filter(user=user)

    def answered(self, answer: str) -> Self:
        return self.filter(state__in=_STATES_OF[Answer(answer)])

    def forget_account_text(self) -> int:
        """Sign-in links and codes are of no use once they are settled, except to whoever should not read them."""
        settled = self.filter(stream=Stream.ACCOUNT, state__in=FINAL)
        return settled.update(text="", html="", attachments=[])


class OutboundMessage(models.Model):
    """One message to one recipient, kept whole, so that what is sent is what was written with its cause.

    `key` says what "the same message" means: a second one with the same key is never made. `fence` grows with
    each claim and each recovery: whoever holds an older number has lost the message and may not send it.
    `maybe_delivered` stays once set: such a message can never be said to be undelivered.
    """

    key = models.CharField(_("key"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    stream = models.CharField(_("class"), max_length=10, choices=Stream.choices)
    scope = models.CharField(_("belongs to"), max_length=80, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    why = models.CharField(_("why"), max_length=300, blank=True)
    identity = models.CharField(_("sender identity"), max_length=40)
    sender = models.CharField(_("from"), max_length=320)
    recipient = models.EmailField(_("recipient"))
    domain = models.CharField(_("domain"), max_length=255)
    subject = models.CharField(_("subject"), max_length=998)
    text = models.TextField(_("text"))
    html = models.TextField(_("formatted text"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    attachments = models.JSONField(_("attachments"), default=list, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    priority = models.PositiveSmallIntegerField(_("priority"))
    created_at = models.DateTimeField(_("written"))
    not_before = models.DateTimeField(_("not before"))
    expires_at = models.DateTimeField(_("of use until"))

    is_held = models.BooleanField(_("waits for a bundle"), default=False)
    state = models.CharField(
        _("state"), max_length=13, choices=MessageState.choices, default=MessageState.PENDING
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    lease_owner = models.CharField(_("in the hands of"), max_length=60, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    fence = models.PositiveIntegerField(_("fence"), default=0)
    maybe_delivered = models.BooleanField(_("may have arrived"), default=False)
    poison = models.PositiveSmallIntegerField(_("unexpected errors"), default=0)
    last_code = models.PositiveSmallIntegerField(_("last answer"), null=True, blank=True)
    last_text = models.CharField(_("last words"), max_length=500, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("resolved by"),
    )
    resolution = models.CharField(_("resolution"), max_length=300, blank=True)

    objects = OutboundMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["priority", "not_before", "id"],
                name="outbox_message_due",
                condition=_NOT_DONE & Q(is_held=False),
            ),
            models.Index(
                fields=["lease_until"],
                name="outbox_message_in_hand",
                condition=Q(lease_until__isnull=False),
            ),
            models.Index(fields=["not_before"], name="outbox_message_held", condition=Q(is_held=True)),
            models.Index(fields=["state", "-id"], name="outbox_message_by_state"),
            models.Index(fields=["user", "-id"], name="outbox_message_of_person"),
            models.Index(fields=["scope", "state"], name="outbox_message_of_scope"),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_message_in_hand_has_a_lease",
                condition=(Q(state__in=IN_HAND, lease_until__isnull=False) & ~Q(lease_owner=""))
                | (~Q(state__in=IN_HAND) & Q(lease_until=None, lease_owner="")),
                violation_error_message=_("A message that a worker has in hand, and only that, has a lease."),
            ),
            models.CheckConstraint(
                name="outbox_message_final_says_when",
                condition=Q(state__in=FINAL, settled_at__isnull=False)
                | (~Q(state__in=FINAL) & Q(settled_at=None)),
                violation_error_message=_("A message that is settled, and only that, says when."),
            ),
            models.CheckConstraint(
                name="outbox_message_maybe_delivered_is_never_undelivered",
                condition=Q(maybe_delivered=False) | ~Q(state__in=NOT_DELIVERED),
                violation_error_message=_("What may have arrived is never said to be undelivered."),
            ),
            models.CheckConstraint(
                name="outbox_message_has_a_recipient",
                condition=~Q(recipient=""),
                violation_error_message=_("A message needs somebody it is addressed to."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("outbox:mine_detail", args=[self.pk])

    @property
    def own_words(self) -> str:
        """The text without what was put below it: the link there is its reader's alone."""
        return self.text.split(SIGNATURE)[0].strip()

    @property
    def text_for_staff(self) -> str:
        """What its reader reads, without the keys: nobody else may act in their name."""
        return links_that_open.hidden_in(self.own_words)

    @property
    def answer(self) -> Answer:
        return next(answer for answer, states in _STATES_OF.items() if self.state in states)

    @property
    def tone(self) -> str:
        return _TONES[self.answer]

    def in_words(self, now: datetime) -> str:
        """What became of it, for whoever it was written to."""
        if self.state == MessageState.PENDING and self.not_before > now:
            day = formats.date_format(timezone.localtime(self.not_before), "DATETIME_FORMAT")
            return gettext("Will be sent: %(day)s") % {"day": day}
        said = str(_WORDS[MessageState(self.state)])
        tells_why = self.state in (MessageState.CANCELLED, MessageState.SUPPRESSED) and self.resolution
        return f"{said} ({self.resolution.rstrip('.')})" if tells_why else said

    @property
    def shows_text(self) -> bool:
        """The text of account mail opens a door: nobody reads it here, not even staff."""
        return self.stream != Stream.ACCOUNT
