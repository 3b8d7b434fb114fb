from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.taskforce.models.meeting import Meeting

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Answer(models.TextChoices):
    """An RSVP (DOMAIN.md §4.16); no answer yet is empty."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    MAYBE = "maybe", _("Maybe")
    DELEGATE = "delegate", _("Sending a delegate")


class AnsweredHow(models.TextChoices):
    LINK = "link", _("Link in the mail")
    PORTAL = "portal", _("Portal")


class MeetingInvitationQuerySet(models.QuerySet["MeetingInvitation"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def silent(self) -> Self:
        return self.filter(answer="")


class MeetingInvitation(models.Model):
    """A person is asked to a meeting, and what they answered."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    # None for somebody who answered in the portal before the agenda was sent.
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    delegate_name = models.CharField(_("name of the delegate"), max_length=120, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    how = models.CharField(_("answered by"), max_length=10, choices=AnsweredHow.choices, blank=True)
    wants_last_reminder = models.BooleanField(_("reminded an hour before"), default=False)

    objects: ClassVar[models.Manager["MeetingInvitation"]] = models.Manager.from_queryset(
        MeetingInvitationQuerySet
    )()

    class Meta:
        verbose_name = _("invitation to a meeting")
        verbose_name_plural = _("invitations to meetings")
        ordering = ["person__search_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="taskforce_meetinginvitation_once_per_person",
                violation_error_message=_("This person is invited already."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, how="")
                | (~Q(answer="") & Q(answered_at__isnull=False) & ~Q(how="")),
                name="taskforce_meetinginvitation_answer_says_when_and_how",
                violation_error_message=_("An answer says when it was given, and how."),
            ),
            models.CheckConstraint(
                condition=(Q(answer=Answer.DELEGATE) & ~Q(delegate_name=""))
                | (~Q(answer=Answer.DELEGATE) & Q(delegate_name="")),
                name="taskforce_meetinginvitation_delegate_has_a_name",
                violation_error_message=_("Name the delegate."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.meeting}"


class Presence(models.TextChoices):
    PRESENT = "present", _("Present")
    LATE = "late", _("Came late")
    LEFT_EARLY = "left_early", _("Left early")
    DELEGATE = "delegate", _("Sent a delegate")
    REGRETS = "absent_with_regrets", _("Absent with regrets")
    ABSENT = "absent", _("Absent")


WAS_THERE = (Presence.PRESENT, Presence.LATE, Presence.LEFT_EARLY)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)


class Attendance(models.Model):
    """Who was there: what the person said by checking in, and what the note-taker confirmed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    presence = models.CharField(_("attendance"), max_length=20, choices=Presence.choices)
    delegate_name = models.CharField(_("name of the delegate"), max_length=120, blank=True)
    minutes_present = models.PositiveSmallIntegerField(_("minutes there"), null=True, blank=True)
    checked_in_at = models.DateTimeField(_("checked in"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects: ClassVar[models.Manager["Attendance"]] = models.Manager.from_queryset(AttendanceQuerySet)()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["person__search_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="taskforce_attendance_once_per_person",
                violation_error_message=_("This person's attendance is recorded already."),
            ),
            models.CheckConstraint(
                condition=(Q(presence=Presence.DELEGATE) & ~Q(delegate_name=""))
                | (~Q(presence=Presence.DELEGATE) & Q(delegate_name="")),
                name="taskforce_attendance_delegate_has_a_name",
                violation_error_message=_("Name the delegate."),
            ),
            models.CheckConstraint(
                condition=Q(minutes_present=None) | Q(presence__in=WAS_THERE),
                name="taskforce_attendance_minutes_only_of_who_was_there",
                violation_error_message=_("Only somebody who was there has minutes."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="taskforce_attendance_confirmed_at_and_by_go_together",
                violation_error_message=_("A confirmation names the note-taker and the time."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | Q(checked_in_at__isnull=False),
                name="taskforce_attendance_is_said_by_somebody",
                violation_error_message=_("Somebody says it: the person, or the note-taker."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_presence_display()}"

    @property
    def counts_for_quorum(self) -> bool:
        return self.presence in (*WAS_THERE, Presence.DELEGATE)
