"""Taking part: what one supporter did in a campaign, and what left in their name."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language
from advocacy.interactions.models import FollowUp
from advocacy.outbox.models import OutboundMessage
from campaigns.models.campaign import Campaign
from campaigns.models.contact import Contact
from campaigns.models.mailing import Recipient
from campaigns.models.revision import Revision
from campaigns.models.target import Target
from members.access import Reach, reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class ParticipationState(models.TextChoices):
    COUNTED = "counted", _("Counted")
    HELD = "held", _("Held for a person to look at")
    REFUSED = "refused", _("Refused by staff")


class Source(models.TextChoices):
    """How somebody came to the page."""

    MAIL = "mail", _("Our mail")
    SHARE = "share", _("A shared link")
    EMBED = "embed", _("A chapter’s site")
    DIRECT = "direct", _("The page itself")


class Method(models.TextChoices):
    """The delivery ladder, labelled by what really happens (DOMAIN.md W4, 7)."""

    PORTAL_EMAIL = "portal_email", _("Sent by the portal to the office’s address")
    OWN_MAIL = "own_mail", _("Own mail program")
    WEB_FORM = "web_form", _("The office’s web form")
    PRINT = "print", _("Printed letter")
    CALL = "call", _("Phone call")
    HANDOVER = "handover", _("Outside action centre")


class Confirmation(models.TextChoices):
    """What we know of it. What a supporter tells us is never shown as what we saw."""

    SELF_REPORTED = "self_reported", _("Self-reported")
    WAITING = "waiting", _("Waits for the proof of the address")
    CONFIRMED = "confirmed", _("Confirmed by the mail server")
    FAILED = "failed", _("Could not be delivered")


class CallOutcome(models.TextChoices):
    SPOKE = "spoke", _("Spoke with somebody")
    VOICEMAIL = "voicemail", _("Left a message")
    NO_ANSWER = "no_answer", _("Nobody answered")


class ReplyKind(models.TextChoices):
    """What an office answered (DOMAIN.md W4, 9)."""

    SUPPORTIVE = "supportive", _("Supportive")
    NONCOMMITTAL = "noncommittal", _("Noncommittal")
    OPPOSED = "opposed", _("Opposed")
    FORM_LETTER = "form_letter", _("Form letter")
    REQUEST_TO_MEET = "request_to_meet", _("Request to meet")


def _near(reach: Reach) -> Q:
    """Whose names an advocate reads: people credited to their own chapters."""
    return Q() if reach.is_staff else Q(chapter__in=reach.advocate_of)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Who took part is personal: staff, and the advocates of the chapter credited."""
        seen = Campaign.objects.visible_to(user).order_by().values("pk")
        return self.filter(_near(reach_of(user)), campaign__in=seen)

    def counted(self) -> Self:
        return self.filter(state=ParticipationState.COUNTED)

    def held(self) -> Self:
        return self.filter(state=ParticipationState.HELD)


class Participation(models.Model):
    """One person taking part in one campaign, once; each office they write to is a letter of its own.

    `own_share` is the part of the words that are their own, in per cent. `likeness` is how much it resembles other
    letters of the campaign. `own_words` is their paragraph, forgotten after its time. `revision` is what they saw.
    `key` is the key of the first form they sent; a letter has the key of the form that brought it.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="participations", verbose_name=_("campaign")
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="participations", verbose_name=_("participant")
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="+", verbose_name=_("version they saw")
    )
    recipient = models.ForeignKey(
        Recipient,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("came by this mail"),
    )
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("credited to"),
    )
    key = models.CharField(_("key of the form"), max_length=64, unique=True)
    signed_as = models.CharField(
        _("signed as"),
        max_length=100,
        blank=True,
        help_text=_("As they typed it; the contact keeps the name it had."),
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    source = models.CharField(_("came by"), max_length=6, choices=Source.choices, default=Source.DIRECT)
    postal_code = models.CharField(_("ZIP or postal code"), max_length=10, blank=True)
    divisions = models.JSONField(
        _("districts"), default=list, blank=True, help_text=_("Open Civic Data division ids.")
    )
    state = models.CharField(
        _("state"), max_length=7, choices=ParticipationState.choices, default=ParticipationState.COUNTED
    )
    held_because = models.JSONField(_("held because"), default=list, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked at by"),
    )
    judged_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    own_words = models.TextField(_("personal paragraph"), blank=True)
    own_share = models.PositiveSmallIntegerField(
        _("own words, per cent"), default=0, validators=[MaxValueValidator(100)]
    )
    is_personalised = models.BooleanField(
        _("personalised"),
        default=False,
        help_text=_("A fifth of the words are their own, or a whole sentence."),
    )
    likeness = models.PositiveSmallIntegerField(
        _("like other letters, per cent"), default=0, validators=[MaxValueValidator(100)]
    )
    acknowledged = models.CharField(
        _("acknowledged"), max_length=300, help_text=_("The words that were ticked: as a private citizen.")
    )
    wants_news = models.BooleanField(_("agreed to further mail"), default=False)
    at = models.DateTimeField(_("when"))
    asked_back_at = models.DateTimeField(
        _("looked at for “did they answer?”"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When they were asked, or left alone, weeks later: once."),
    )

    objects: ClassVar[models.Manager["Participation"]] = models.Manager.from_queryset(ParticipationQuerySet)()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["campaign", "state", "at"], name="campaigns_participation_by_day"),
            models.Index(
                fields=["at"], name="campaigns_participation_to_ask", condition=Q(asked_back_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "contact"],
                name="campaigns_participation_once_in_a_campaign",
                violation_error_message=_("This person has taken part already."),
            ),
            models.CheckConstraint(
                condition=Q(own_share__lte=100, likeness__lte=100),
                name="campaigns_participation_shares_are_per_cent",
                violation_error_message=_("A share lies between 0 and 100 per cent."),
            ),
            models.CheckConstraint(
                condition=~Q(acknowledged=""),
                name="campaigns_participation_acts_as_a_private_citizen",
                violation_error_message=_("Taking part needs the acknowledgement."),
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None, judged_at=None)
                | Q(judged_by__isnull=False, judged_at__isnull=False),
                name="campaigns_participation_judged_says_who_and_when",
                violation_error_message=_("A look at it says who took it, and when."),
            ),
            models.CheckConstraint(
                condition=Q(asked_back_at=None) | Q(asked_back_at__gt=F("at")),
                name="campaigns_participation_is_asked_back_afterwards",
                violation_error_message=_("Whether an office answered is asked after the letter."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.contact}"


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """With the participation."""
        return self.filter(participation__in=Participation.objects.visible_to(user).order_by().values("pk"))

    def counted(self) -> Self:
        return self.filter(participation__state=ParticipationState.COUNTED)

    def answered(self) -> Self:
        return self.exclude(reply="")


class Letter(models.Model):
    """What one supporter sent, or said by phone, to one office; how it went; and what came back.

    A person acts once on one target. The text is kept as it was until its time is over: subject and text as sent,
    with the organisation's words filled in.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="letters", verbose_name=_("participation")
    )
    target = models.ForeignKey(
        Target, on_delete=models.PROTECT, related_name="letters", verbose_name=_("target")
    )
    method = models.CharField(_("method"), max_length=12, choices=Method.choices)
    confirmation = models.CharField(_("confirmation"), max_length=13, choices=Confirmation.choices)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    fingerprint = models.CharField(_("fingerprint of the text"), max_length=64)
    message = models.OneToOneField(
        OutboundMessage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="campaign_letter",
        verbose_name=_("message"),
    )
    call_outcome = models.CharField(
        _("outcome of the call"), max_length=9, choices=CallOutcome.choices, blank=True, default=""
    )
    form_key = models.CharField(
        _("key of the form"),
        max_length=64,
        db_index=True,
        blank=True,
        help_text=_("Somebody who comes back writes to further offices with another form."),
    )
    at = models.DateTimeField(_("when"))
    told_at = models.DateTimeField(
        _("said to be sent"),
        null=True,
        blank=True,
        help_text=_("When the supporter pressed “I sent it”. It stays self-reported."),
    )
    reply = models.CharField(_("reply"), max_length=15, choices=ReplyKind.choices, blank=True, default="")
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    reply_text = models.TextField(_("what they wrote"), max_length=10_000, blank=True)
    reply_noted_at = models.DateTimeField(_("reply noted"), null=True, blank=True, editable=False)
    reply_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("reply noted by"),
        help_text=_("Empty: the supporter told us."),
    )
    followup = models.OneToOneField(
        FollowUp,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="campaign_letter",
        verbose_name=_("follow-up of a request to meet"),
    )
    forgotten_at = models.DateTimeField(_("text forgotten"), null=True, blank=True)

    objects: ClassVar[models.Manager["Letter"]] = models.Manager.from_queryset(LetterQuerySet)()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["target", "at"], name="campaigns_letter_of_target"),
            models.Index(
                fields=["message"], name="campaigns_letter_waits", condition=Q(confirmation="waiting")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "target"],
                name="campaigns_letter_once_to_a_target",
                violation_error_message=_("This person has written to this office already."),
            ),
            models.CheckConstraint(
                condition=Q(method=Method.PORTAL_EMAIL)
                | Q(confirmation=Confirmation.SELF_REPORTED, message=None),
                name="campaigns_letter_only_what_we_sent_is_confirmed",
                violation_error_message=_("Only what the portal sent can be confirmed."),
            ),
            models.CheckConstraint(
                condition=~Q(method=Method.PORTAL_EMAIL) | ~Q(confirmation=Confirmation.SELF_REPORTED),
                name="campaigns_letter_of_the_portal_is_not_self_reported",
                violation_error_message=_("What the portal sends is not self-reported."),
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) | (~Q(method=Method.PORTAL_EMAIL) & Q(told_at__gte=F("at"))),
                name="campaigns_letter_told_is_not_by_the_portal",
                violation_error_message=_("Only what supporters send themselves is told by them."),
            ),
            models.CheckConstraint(
                condition=Q(call_outcome="") | Q(method=Method.CALL),
                name="campaigns_letter_outcome_is_of_a_call",
                violation_error_message=_("Only a call has this outcome."),
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_on=None, reply_text="")
                | (~Q(reply="") & Q(replied_on__isnull=False)),
                name="campaigns_letter_reply_has_a_kind_and_a_day",
                violation_error_message=_("A reply has a kind and a day."),
            ),
            models.CheckConstraint(
                condition=Q(reply="", reply_noted_at=None, reply_noted_by=None)
                | (~Q(reply="") & Q(reply_noted_at__isnull=False)),
                name="campaigns_letter_reply_says_when_it_was_noted",
                violation_error_message=_("A reply says when it was noted."),
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at=None) | Q(subject="", text="", forgotten_at__gte=F("at")),
                name="campaigns_letter_forgotten_has_no_text",
                violation_error_message=_("A forgotten letter has no text."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation.contact} → {self.target}"
