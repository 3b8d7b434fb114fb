from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.models.chapter import Chapter
from members.models.society import Region


class Role(models.TextChoices):
    """What somebody is for the society. The first four belong to a chapter, a vice chair to a region."""

    MEMBER = "member", _("Member")
    VOLUNTEER = "advocacy_volunteer", _("Advocacy volunteer")
    ADVOCATE = "chapter_advocate", _("Chapter advocate")
    PRESIDENT = "chapter_president", _("Chapter president")
    VICE_CHAIR = "regional_vice_chair", _("Regional vice chair")
    LEAD = "taskforce_lead", _("Task force lead")
    STAFF = "national_staff", _("National staff")


CHAPTER_ROLES = (Role.MEMBER, Role.VOLUNTEER, Role.ADVOCATE, Role.PRESIDENT)
NATIONAL_ROLES = (Role.LEAD, Role.STAFF)
# Seats on a chapter's board.
BOARD_ROLES = (Role.ADVOCATE, Role.PRESIDENT)


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def in_force(self, today: date) -> Self:
        """Begun, and not ended: `ends_on` is the first day without the role."""
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gt=today))

    def ended(self, today: date) -> Self:
        return self.filter(ends_on__lte=today)

    def overlapping(self, starts_on: date, ends_on: date | None) -> Self:
        """Roles that share at least one day with the given term."""
        found = self.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on))
        return found if ends_on is None else found.filter(starts_on__lt=ends_on)


class RoleAssignment(models.Model):
    """A person holds a role from one day to another, in a chapter, a region, or nationally."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name=_("chapter"),
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name=_("region"),
    )
    title = models.CharField(
        _("local title"), max_length=80, blank=True, help_text=_("For example “Advocacy co-chair”.")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("first day without it"), null=True, blank=True, help_text=_("Access ends as this day begins.")
    )
    is_primary = models.BooleanField(
        _("primary chapter"), default=False, help_text=_("New contacts are logged for this chapter first.")
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects: ClassVar[models.Manager["RoleAssignment"]] = models.Manager.from_queryset(
        RoleAssignmentQuerySet
    )()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["-is_primary", "-starts_on", "pk"]
        indexes = [models.Index(fields=["person", "starts_on", "ends_on"], name="members_role_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=CHAPTER_ROLES, chapter__isnull=False, region=None)
                | Q(role=Role.VICE_CHAIR, chapter=None, region__isnull=False)
                | Q(role__in=NATIONAL_ROLES, chapter=None, region=None),
                name="members_roleassignment_has_the_place_its_role_needs",
                violation_error_message=_(
                    "A chapter role needs a chapter, a vice chair a region, and a national role neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="members_roleassignment_ends_after_it_starts",
                violation_error_message=_("A role ends on or after the day it starts."),
            ),
            models.CheckConstraint(
                condition=Q(is_primary=False) | Q(chapter__isnull=False),
                name="members_roleassignment_primary_only_in_a_chapter",
                violation_error_message=_("Only a role in a chapter can make it the primary chapter."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_primary=True),
                name="members_roleassignment_one_primary_chapter_per_person",
                violation_error_message=_("This person has a primary chapter already."),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "chapter"],
                condition=Q(ends_on=None, chapter__isnull=False),
                name="members_roleassignment_open_once_per_chapter",
                violation_error_message=_("This person holds this role here already."),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "region"],
                condition=Q(ends_on=None, region__isnull=False),
                name="members_roleassignment_open_once_per_region",
                violation_error_message=_("This person holds this role here already."),
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ends_on=None, chapter=None, region=None),
                name="members_roleassignment_open_once_nationally",
                violation_error_message=_("This person holds this role here already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.place}" if self.place else self.label

    @property
    def place(self) -> Chapter | Region | None:
        return self.chapter or self.region

    @property
    def label(self) -> str:
        """The local title where there is one, else the name of the role."""
        return self.title or str(self.get_role_display())

    def is_in_force(self, today: date) -> bool:
        return self.starts_on <= today and (self.ends_on is None or self.ends_on > today)

    def conflicts_with_board_service(self) -> bool:
        """Whether they sit on another chapter's board in the same term; bylaws bar it (DOMAIN.md W9)."""
        if self.role not in BOARD_ROLES:
            return False
        others = RoleAssignment.objects.filter(person=self.person, role__in=BOARD_ROLES).exclude(pk=self.pk)
        return others.exclude(chapter=self.chapter).overlapping(self.starts_on, self.ends_on).exists()
