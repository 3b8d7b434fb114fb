from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.models.interaction import TRAILING_YEAR, Interaction
from advocacy.interactions.models.parties import Office
from legislation.models import Official
from members.access import reach_of
from members.models import Chapter, RoleAssignment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class KeyContactQuerySet(models.QuerySet["KeyContact"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Who keeps in touch with whom is open to colleagues who read chapters; members see their own."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if reach.reads_every_shared_record or reach.reads:
            return self.all()
        return self.filter(person=reach.person_id)

    def in_force(self, today: date) -> Self:
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gt=today))

    def kept(self, today: date) -> Self:
        """In force, and by somebody who still has a role: in the tie's chapter, in a region, or nationally."""
        roles = RoleAssignment.objects.in_force(today).filter(person=OuterRef("person"))
        here = roles.filter(Q(chapter=OuterRef("chapter")) | Q(chapter=None))
        return self.in_force(today).filter(Exists(here), person__is_active=True)

    def with_last_contact(self, user: "User | AnonymousUser") -> "list[KeyContact]":
        """These ties, each with `last_contact_on`: the day of the newest meaningful contact that `user` may read.

        One look through the log for all of them; None where there is no contact, or none they may know of.
        """
        ties = list(self)
        officials = {tie.official_id for tie in ties}
        # Asked office by office: these few offices first, then whether their contact may be read.
        readable = Interaction.objects.visible_to(user).meaningful().filter(pk=OuterRef("interaction"))
        offices = Office.objects.filter(Exists(readable), official__in=officials).order_by()
        newest: dict[int, date] = dict(
            offices.values_list("official").annotate(Max("interaction__occurred_on"))
        )
        for tie in ties:
            tie.last_contact_on = newest.get(tie.official_id)
        return ties


class KeyContact(models.Model):
    """An advocate with, or building, an ongoing relationship with one official, and how often they keep in touch."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="key_contacts"
    )
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="+")
    rhythm_days = models.PositiveSmallIntegerField(
        _("keep in touch every"),
        default=90,
        validators=[MinValueValidator(7), MaxValueValidator(730)],
        help_text=_("In days."),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("first day without it"), null=True, blank=True)
    # Only after `with_last_contact`.
    last_contact_on: date | None

    objects: ClassVar[models.Manager["KeyContact"]] = models.Manager.from_queryset(KeyContactQuerySet)()

    class Meta:
        verbose_name = _("key contact")
        verbose_name_plural = _("key contacts")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "official"],
                condition=Q(ends_on=None),
                name="interactions_keycontact_once_per_person_and_official",
                violation_error_message=_("This official is on the person's list already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="interactions_keycontact_ends_after_it_starts",
                violation_error_message=_("It ends on or after the day it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.official}"

    def days_late(self, today: date, last_contact_on: date | None) -> int:
        """How many days beyond the rhythm: since the last contact, else since the official was taken on."""
        return (today - (last_contact_on or self.starts_on)).days - self.rhythm_days


class Strength(models.IntegerChoices):
    """How well somebody of ours knows an official (DOMAIN.md §4.13)."""

    NO_CONTACT = 1, _("1 · no contact yet")
    KNOWN_TO_STAFF = 2, _("2 · staff know our name")
    MET = 3, _("3 · met, recognises the chapter")
    TAKES_OUR_CALLS = 4, _("4 · takes our calls, asks our view")
    CHAMPION = 5, _("5 · champion, on first-name terms")


class RelationshipScoreQuerySet(models.QuerySet["RelationshipScore"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """As open as who keeps in touch with whom: to colleagues who read chapters; members see their own."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if reach.reads_every_shared_record or reach.reads:
            return self.all()
        return self.filter(person=reach.person_id)

    def newest_of_each(self) -> "list[RelationshipScore]":
        """The last word on each relationship, strongest first."""
        last: dict[tuple[int, int], RelationshipScore] = {}
        for score in self.select_related("person", "said_by", "chapter").order_by("said_on", "pk"):
            last[score.official_id, score.person_id] = score
        return sorted(
            last.values(), key=lambda score: (-score.strength, -score.said_on.toordinal(), score.pk)
        )


class RelationshipScore(models.Model):
    """How strong one person's relationship with an official is, as somebody judged it on a day.

    The newest counts, and nothing changes it but another judgement: a logged contact never does.
    """

    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="+", verbose_name=_("official")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("whose relationship"),
    )
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="+", verbose_name=_("chapter")
    )
    strength = models.PositiveSmallIntegerField(_("strength"), choices=Strength.choices)
    willingness = models.PositiveSmallIntegerField(
        _("willingness to act"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    influence = models.PositiveSmallIntegerField(
        _("influence"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("said by")
    )
    said_on = models.DateField(_("said on"))

    objects: ClassVar[models.Manager["RelationshipScore"]] = models.Manager.from_queryset(
        RelationshipScoreQuerySet
    )()

    class Meta:
        verbose_name = _("relationship score")
        verbose_name_plural = _("relationship scores")
        ordering = ["-said_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["official", "person", "said_on"],
                name="interactions_relationshipscore_once_a_day",
                violation_error_message=_("This relationship has been judged today already."),
            ),
            models.CheckConstraint(
                condition=Q(strength__gte=1, strength__lte=5)
                & (Q(willingness=None) | Q(willingness__gte=1, willingness__lte=5))
                & (Q(influence=None) | Q(influence__gte=1, influence__lte=5)),
                name="interactions_relationshipscore_is_one_to_five",
                violation_error_message=_("Scores go from 1 to 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.official} ({self.strength})"

    def is_strong(self, today: date) -> bool:
        """4 or 5, said within the last twelve months."""
        return self.strength >= Strength.TAKES_OUR_CALLS and today - TRAILING_YEAR < self.said_on <= today
