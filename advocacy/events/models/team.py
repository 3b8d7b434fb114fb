from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.events.models.event import AdvocacyEvent
from advocacy.events.models.registration import Registration, TeamRole

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All of an event for those who follow it; one's own team once the schedule is published."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        followed = AdvocacyEvent.objects.all().followed_by(user).order_by().values("pk")
        mine = TeamMember.objects.filter(registration__person=user.pk).order_by().values("team")
        return self.filter(Q(event__in=followed) | Q(pk__in=mine, event__edition__gt=0))

    def managed_by(self, user: "User | AnonymousUser") -> Self:
        return self.filter(event__in=AdvocacyEvent.objects.all().run_by(user).order_by().values("pk"))


class Team(models.Model):
    """People who go to meetings together. `number` is what everybody calls it: Team 4."""

    event = models.ForeignKey(
        AdvocacyEvent, on_delete=models.CASCADE, related_name="teams", verbose_name=_("Advocacy Day")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=80, blank=True)

    objects: ClassVar[models.Manager["Team"]] = models.Manager.from_queryset(TeamQuerySet)()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="events_team_number_is_unique_in_its_event",
                violation_error_message=_("There is a team with this number already."),
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="events_team_numbers_begin_with_one",
                violation_error_message=_("Teams are numbered from one."),
            ),
        ]

    def __str__(self) -> str:
        title = gettext("Team %(number)d") % {"number": self.number}
        return f"{title} ({self.name})" if self.name else title

    @property
    def captain(self) -> "TeamMember | None":
        return next((member for member in self.members.all() if member.is_captain), None)


class TeamMember(models.Model):
    """Somebody's place in a team. Nobody is in two; a locked place stays where it is when teams are proposed anew."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members", verbose_name=_("team"))
    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, related_name="place", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=12, choices=TeamRole.choices, blank=True)
    second_role = models.CharField(_("second role"), max_length=12, choices=TeamRole.choices, blank=True)
    is_captain = models.BooleanField(_("captain"), default=False)
    is_locked = models.BooleanField(_("stays in this team"), default=False)

    objects: ClassVar[models.Manager["TeamMember"]] = models.Manager()

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        ordering = ["-is_captain", "registration__search_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(is_captain=True),
                name="events_team_has_one_captain",
                violation_error_message=_("A team has one captain."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["", *TeamRole.values], second_role__in=["", *TeamRole.values]),
                name="events_member_has_known_roles",
                violation_error_message=_("Choose one of the roles."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.registration)

    def roles_in_words(self) -> str:
        labels = [TeamRole(code).label for code in (self.role, self.second_role) if code]
        return ", ".join(map(str, labels))
