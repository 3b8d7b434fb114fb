from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, Max, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.models.interaction import TRAILING_YEAR, Interaction
from advocacy.interactions.models.parties import Office
from legislation.models import Official, Seat, Staffer, Tenure
from members.access import reach_of
from members.models import Chapter, JurisdictionTeam, RoleAssignment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Rank(models.TextChoices):
    """Who of a chapter's key contacts with one official goes first."""

    PRIMARY = "primary", _("Primary")
    SECONDARY = "secondary", _("Secondary")


class KeyContactQuerySet(models.QuerySet["KeyContact"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Who keeps in touch with whom is open to colleagues who read chapters; members see their own."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if reach.reads_every_shared_record or reach.reads:
            return self.all()
        return self.filter(person=reach.person_id)

    def decidable_by(self, user: "User | AnonymousUser") -> Self:
        """Those this person may end or hand on: their own, their chapters' as advocate, all for lead and staff."""
        reach = reach_of(user)
        if reach.is_empty or reach.reads_every_shared_record:
            return self.visible_to(user)
        return self.visible_to(user).filter(Q(person=reach.person_id) | Q(chapter__in=reach.advocate_of))

    def in_force(self, today: date) -> Self:
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gt=today))

    def open(self) -> Self:
        """Without an end: what an assignment can change."""
        return self.filter(ends_on=None)

    def with_question(self, today: date) -> Self:
        """Adds `asks`: whether the official has left the seat that the tie was made for."""
        held = Tenure.objects.in_force(today).filter(official=OuterRef("official"), seat=OuterRef("seat"))
        left = Q(seat__isnull=False) & ~Exists(held)
        return self.annotate(asks=Case(When(left, then=Value(True)), default=Value(False)))

    def asking(self, today: date) -> Self:
        """In force, but the seat's holder has changed: to keep for the successor, for the person, or to close."""
        return self.in_force(today).with_question(today).filter(asks=True)

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
    """Somebody with, or building, an ongoing relationship with one official, and how often they keep in touch.

    The tie is with the person; `seat` remembers for which seat it was made, so that an election asks whom to keep it
    for. A chapter names one primary key contact with an official and any number of secondary ones. `team`: the state
    team whose primary key contact they are as well.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="key_contacts"
    )
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(
        Seat,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for the seat"),
        help_text=_("The seat the official held when it began. Empty: for the person, whatever they hold."),
    )
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(
        JurisdictionTeam,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("also primary for the team"),
    )
    rank = models.CharField(_("rank"), max_length=10, choices=Rank.choices, default=Rank.SECONDARY)
    rhythm_days = models.PositiveSmallIntegerField(
        _("keep in touch every"),
        default=90,
        validators=[MinValueValidator(7), MaxValueValidator(730)],
        help_text=_("In days."),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("first day without it"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    # Only after `with_last_contact`, and after `with_question`.
    last_contact_on: date | None
    asks: bool

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
            models.UniqueConstraint(
                fields=["chapter", "official"],
                condition=Q(ends_on=None, rank=Rank.PRIMARY),
                name="interactions_keycontact_one_primary_per_chapter",
                violation_error_message=_(
                    "The chapter has a primary key contact with this official already."
                ),
            ),
            models.UniqueConstraint(
                fields=["team", "official"],
                condition=Q(ends_on=None, team__isnull=False),
                name="interactions_keycontact_one_primary_per_team",
                violation_error_message=_("The team has a primary key contact with this official already."),
            ),
            models.CheckConstraint(
                condition=Q(team=None) | Q(rank=Rank.PRIMARY),
                name="interactions_keycontact_of_a_team_is_primary",
                violation_error_message=_("Who speaks for the team is a primary key contact."),
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(ends_on__isnull=False),
                name="interactions_keycontact_reason_only_with_an_end",
                violation_error_message=_("Only a key contact that has ended has a reason for its end."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="interactions_keycontact_ends_after_it_starts",
                violation_error_message=_("It ends on or after the day it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.official}"

    @property
    def is_primary(self) -> bool:
        return self.rank == Rank.PRIMARY

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


class Basis(models.TextChoices):
    """How somebody of ours knows an official (DOMAIN.md §4.13). Of a patient or clinician, never which."""

    CONSTITUENT = "constituent", _("Constituent")
    COLLEAGUE = "colleague", _("Colleague")
    PATIENT_OR_CLINICIAN = "patient_or_clinician", _("Patient or clinician")
    SCHOOL = "school", _("School")
    FAITH_OR_CIVIC = "faith_or_civic", _("Faith or civic group")
    FORMER_STAFF = "former_staff", _("Former staff")
    NEIGHBOUR = "neighbour", _("Neighbour")
    PROFESSIONAL = "professional", _("Professional contact")
    MET_THROUGH_CHAPTER = "met_through_chapter", _("Met through the chapter")


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
        last: dict[tuple[int, int, int | None], RelationshipScore] = {}
        rows = self.select_related("person", "said_by", "chapter", "staffer")
        for score in rows.order_by("said_on", "pk"):
            last[score.official_id, score.person_id, score.staffer_id] = score
        return sorted(
            last.values(), key=lambda score: (-score.strength, -score.said_on.toordinal(), score.pk)
        )


class RelationshipScore(models.Model):
    """How strong one person's relationship with an official is, as somebody judged it on a day.

    The newest counts, and nothing changes it but another judgement: a logged contact never does. With a `staffer` it
    is they who are known, not the official: it goes with them when they leave, and makes no seat strong.
    """

    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="+", verbose_name=_("official")
    )
    staffer = models.ForeignKey(
        Staffer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("through"),
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
    basis = models.CharField(_("how they know each other"), max_length=20, choices=Basis.choices, blank=True)
    calls_within_a_day = models.BooleanField(_("would call within a day"), default=False)
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
                condition=Q(staffer=None),
                name="interactions_relationshipscore_once_a_day",
                violation_error_message=_("This relationship has been judged today already."),
            ),
            models.UniqueConstraint(
                fields=["staffer", "person", "said_on"],
                condition=Q(staffer__isnull=False),
                name="interactions_relationshipscore_of_a_staffer_once_a_day",
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
        is_known = self.strength >= Strength.TAKES_OUR_CALLS and self.staffer_id is None
        return is_known and self.is_fresh(today)

    def is_fresh(self, today: date) -> bool:
        """Said within the last twelve months."""
        return today - TRAILING_YEAR < self.said_on <= today

    def through_has_left(self, today: date) -> bool:
        """The staffer who is known works there no more."""
        return bool(self.staffer and self.staffer.ends_on and self.staffer.ends_on <= today)
