"""Committees and who sits on them."""

import re
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.folding import fold
from legislation.models.jurisdiction import Chamber, Jurisdiction
from legislation.models.public_record import PublicRecordQuerySet, SearchableQuerySet, in_language


class Classification(models.TextChoices):
    COMMITTEE = "committee", _("Committee")
    SUBCOMMITTEE = "subcommittee", _("Subcommittee")


class Committee(models.Model):
    """A committee of one chamber, or of both (no chamber: joint), or a subcommittee of one."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="committees", verbose_name=_("jurisdiction")
    )
    chamber = models.ForeignKey(
        Chamber,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="committees",
        verbose_name=_("chamber"),
        help_text=_("Empty for a joint committee."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subcommittees",
        verbose_name=_("part of"),
    )
    classification = models.CharField(
        _("kind"), max_length=12, choices=Classification.choices, default=Classification.COMMITTEE
    )
    name = models.CharField(_("name"), max_length=300)
    name_fr = models.CharField(_("name in French"), max_length=300, blank=True)
    url = models.URLField(_("official page"), max_length=500, blank=True)
    scheme = models.CharField(_("id scheme"), max_length=40, default="own")
    external_id = models.CharField(_("id at the source"), max_length=120)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    search_text = models.CharField(max_length=700, editable=False, default="")

    objects = SearchableQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "external_id"],
                name="legislation_committee_external_id_is_unique",
                violation_error_message=_("There is a committee with this id already."),
            )
        ]

    def __str__(self) -> str:
        return self.name_in(get_language())

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = committee_search_text(self)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("legislation:committee_detail", args=[self.pk])

    def name_in(self, language: str | None) -> str:
        return in_language(language, self.name, self.name_fr)


def committee_search_text(committee: Committee) -> str:
    return fold(f"{committee.name} {committee.name_fr}")[:700]


class MembershipRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice chair")
    RANKING_MEMBER = "ranking_member", _("Ranking member")
    MEMBER = "member", _("Member")
    EX_OFFICIO = "ex_officio", _("Ex officio")
    ALTERNATE = "alternate", _("Alternate")
    OTHER = "other", _("Other role")


_ROLE_PATTERNS: list[tuple[re.Pattern[str], MembershipRole]] = [
    (re.compile(r"ex.?officio"), MembershipRole.EX_OFFICIO),
    (re.compile(r"ranking|minority lead|minority spokes"), MembershipRole.RANKING_MEMBER),
    (re.compile(r"(vice|deputy|assistant).*chair|chair.*(vice|pro tem)"), MembershipRole.VICE_CHAIR),
    (re.compile(r"chair|^presid"), MembershipRole.CHAIR),
    (re.compile(r"alternate|substitute"), MembershipRole.ALTERNATE),
    (re.compile(r"^(|.*\bmember\b.*)$"), MembershipRole.MEMBER),
]


def normalised_role(raw: str) -> MembershipRole:
    """One of seven roles for the seventy spellings that sources use; the raw wording is kept beside it."""
    wording = raw.strip().lower()
    for pattern, role in _ROLE_PATTERNS:
        if pattern.search(wording):
            return role
    return MembershipRole.OTHER


class Side(models.TextChoices):
    MAJORITY = "majority", _("Majority")
    MINORITY = "minority", _("Minority")


class CommitteeMembershipQuerySet(PublicRecordQuerySet["CommitteeMembership"]):
    def in_force(self, day: date) -> Self:
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gt=day))


class CommitteeMembership(models.Model):
    """One official's seat on one committee, from a day to before another."""

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("committee")
    )
    official = models.ForeignKey(
        "legislation.Official",
        on_delete=models.PROTECT,
        related_name="committee_memberships",
        verbose_name=_("official"),
    )
    role_raw = models.CharField(_("role as the source words it"), max_length=120, blank=True)
    role = models.CharField(
        _("role"), max_length=14, choices=MembershipRole.choices, default=MembershipRole.MEMBER
    )
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    side = models.CharField(_("side"), max_length=8, choices=Side.choices, blank=True, default="")
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = CommitteeMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee membership")
        verbose_name_plural = _("committee memberships")
        ordering = ["committee", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "official"],
                condition=Q(ends_on=None),
                name="legislation_membership_is_open_once",
                violation_error_message=_("This person sits on this committee already."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="legislation_membership_does_not_end_before_it_starts",
                violation_error_message=_("A membership cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official}, {self.committee}"
