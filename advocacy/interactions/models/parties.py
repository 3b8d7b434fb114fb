"""Who was part of a contact: their offices and people, ours, the chapters credited, and what it was about."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.models.choices import Level
from advocacy.positions.models import Issue
from legislation.models import Committee, Jurisdiction, Measure, Official, Seat, Staffer
from members.models import Chapter


class Office(models.Model):
    """An office that was contacted: an official's, a committee's, or an agency's.

    `seat` and `jurisdiction` remember the capacity of that day; a later election does not rewrite them.
    """

    interaction = models.ForeignKey(
        "interactions.Interaction", on_delete=models.CASCADE, related_name="offices"
    )
    official = models.ForeignKey(
        Official,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("official"),
    )
    committee = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("committee"),
    )
    agency = models.CharField(_("agency"), max_length=150, blank=True)
    seat = models.ForeignKey(
        Seat,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seat that day"),
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("jurisdiction")
    )

    objects: ClassVar[models.Manager["Office"]] = models.Manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["pk"]
        indexes = [models.Index(fields=["jurisdiction", "interaction"], name="interactions_office_by_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(official__isnull=False, committee=None, agency="")
                | Q(official=None, committee__isnull=False, agency="")
                | (Q(official=None, committee=None) & ~Q(agency="")),
                name="interactions_office_is_one_of_official_committee_agency",
                violation_error_message=_("Name an official, a committee or an agency: exactly one."),
            ),
            models.UniqueConstraint(
                fields=["interaction", "official"],
                condition=Q(official__isnull=False),
                name="interactions_office_names_an_official_once",
                violation_error_message=_("This official is named already."),
            ),
            models.UniqueConstraint(
                fields=["interaction", "committee"],
                condition=Q(committee__isnull=False),
                name="interactions_office_names_a_committee_once",
                violation_error_message=_("This committee is named already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.official or self.committee or self.agency)


class Counterpart(models.Model):
    """Somebody we met: the official, a staffer on record, or a person we only know by name and role."""

    interaction = models.ForeignKey(
        "interactions.Interaction", on_delete=models.CASCADE, related_name="counterparts"
    )
    official = models.ForeignKey(
        Official,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("official"),
    )
    staffer = models.ForeignKey(
        Staffer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("staffer")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    level = models.CharField(_("level"), max_length=40, choices=Level.choices)

    objects: ClassVar[models.Manager["Counterpart"]] = models.Manager()

    class Meta:
        verbose_name = _("person we met")
        verbose_name_plural = _("people we met")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(official__isnull=False, staffer=None, name="")
                | Q(official=None, staffer__isnull=False, name="")
                | (Q(official=None, staffer=None) & ~Q(name="")),
                name="interactions_counterpart_is_one_of_official_staffer_name",
                violation_error_message=_("Name the official, a staffer or another person: exactly one."),
            )
        ]

    def __str__(self) -> str:
        return str(self.official or self.staffer or self.name)


class Participant(models.Model):
    """One of our people who took part, or a guest known by name."""

    interaction = models.ForeignKey(
        "interactions.Interaction", on_delete=models.CASCADE, related_name="participants"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    guest_name = models.CharField(_("guest"), max_length=120, blank=True)

    objects: ClassVar[models.Manager["Participant"]] = models.Manager()

    class Meta:
        verbose_name = _("one of our people")
        verbose_name_plural = _("our people")
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "interaction"], name="interactions_participant_acts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, guest_name="") | (Q(person=None) & ~Q(guest_name="")),
                name="interactions_participant_is_a_person_or_a_guest",
                violation_error_message=_("Name one of our people or a guest: exactly one."),
            ),
            models.UniqueConstraint(
                fields=["interaction", "person"],
                condition=Q(person__isnull=False),
                name="interactions_participant_takes_part_once",
                violation_error_message=_("This person is named already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.guest_name)


class Credit(models.Model):
    """A chapter that shares in a contact: one meeting, credited to each chapter, counted once above them."""

    interaction = models.ForeignKey(
        "interactions.Interaction", on_delete=models.CASCADE, related_name="credits"
    )
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="+", verbose_name=_("chapter")
    )

    objects: ClassVar[models.Manager["Credit"]] = models.Manager()

    class Meta:
        verbose_name = _("credited chapter")
        verbose_name_plural = _("credited chapters")
        ordering = ["pk"]
        indexes = [models.Index(fields=["chapter", "interaction"], name="interactions_credit_by_chapter")]
        constraints = [
            models.UniqueConstraint(
                fields=["interaction", "chapter"],
                name="interactions_credit_once_per_chapter",
                violation_error_message=_("This chapter is credited already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.chapter)


class Topic(models.Model):
    """What a contact was about: a measure or an issue."""

    interaction = models.ForeignKey(
        "interactions.Interaction", on_delete=models.CASCADE, related_name="topics"
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("measure")
    )
    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issue")
    )

    objects: ClassVar[models.Manager["Topic"]] = models.Manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__isnull=False, issue=None) | Q(measure=None, issue__isnull=False),
                name="interactions_topic_is_a_measure_or_an_issue",
                violation_error_message=_("Name a measure or an issue: exactly one."),
            ),
            models.UniqueConstraint(
                fields=["interaction", "measure"],
                condition=Q(measure__isnull=False),
                name="interactions_topic_names_a_measure_once",
                violation_error_message=_("This measure is named already."),
            ),
            models.UniqueConstraint(
                fields=["interaction", "issue"],
                condition=Q(issue__isnull=False),
                name="interactions_topic_names_an_issue_once",
                violation_error_message=_("This issue is named already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.measure or self.issue)
