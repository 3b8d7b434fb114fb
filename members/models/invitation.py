from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from members.models.chapter import Chapter
from members.models.role import CHAPTER_ROLES, NATIONAL_ROLES, Role
from members.models.society import Region

_UNANSWERED = Q(accepted_at=None, revoked_at=None)
_ONCE = _("This person is invited to this role here already: send that invitation again.")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> Self:
        """Neither accepted nor withdrawn; the link may have expired."""
        return self.filter(_UNANSWERED)

    def open(self, now: datetime) -> Self:
        return self.unanswered().filter(expires_at__gt=now)


class Invitation(models.Model):
    """An offer of a role, sent to an e-mail address. The link in the mail proves the address."""

    email = models.EmailField(_("e-mail address"))
    full_name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chapter")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("first day without it"), null=True, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("link works until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    objects: ClassVar[models.Manager["Invitation"]] = models.Manager.from_queryset(InvitationQuerySet)()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=CHAPTER_ROLES, chapter__isnull=False, region=None)
                | Q(role=Role.VICE_CHAIR, chapter=None, region__isnull=False)
                | Q(role__in=NATIONAL_ROLES, chapter=None, region=None),
                name="members_invitation_has_the_place_its_role_needs",
                violation_error_message=_(
                    "A chapter role needs a chapter, a vice chair a region, and a national role neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="members_invitation_accepted_at_and_by_go_together",
                violation_error_message=_("An accepted invitation names the person and the time."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="members_invitation_is_not_both_accepted_and_withdrawn",
                violation_error_message=_(
                    "An accepted invitation cannot be withdrawn: end the role instead."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="members_invitation_role_ends_after_it_starts",
                violation_error_message=_("A role ends after the day it starts."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                "role",
                "chapter",
                condition=_UNANSWERED & Q(chapter__isnull=False),
                name="members_invitation_unanswered_once_per_chapter",
                violation_error_message=_ONCE,
            ),
            models.UniqueConstraint(
                Lower("email"),
                "role",
                "region",
                condition=_UNANSWERED & Q(region__isnull=False),
                name="members_invitation_unanswered_once_per_region",
                violation_error_message=_ONCE,
            ),
            models.UniqueConstraint(
                Lower("email"),
                "role",
                condition=_UNANSWERED & Q(chapter=None, region=None),
                name="members_invitation_unanswered_once_nationally",
                violation_error_message=_ONCE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} <{self.email}>"

    @property
    def place(self) -> Chapter | Region | None:
        return self.chapter or self.region

    def is_open(self, now: datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > now


class TermsAcceptance(models.Model):
    """A person agreed to one version of the terms: nonpartisan conduct, confidentiality, lists, the law."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="terms_accepted"
    )
    version = models.CharField(_("version"), max_length=20)
    accepted_at = models.DateTimeField(_("accepted"))

    objects: ClassVar[models.Manager["TermsAcceptance"]] = models.Manager()

    class Meta:
        verbose_name = _("acceptance of the terms")
        verbose_name_plural = _("acceptances of the terms")
        ordering = ["-accepted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "version"],
                name="members_termsacceptance_once_per_version",
                violation_error_message=_("These terms were accepted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"
