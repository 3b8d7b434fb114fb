from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.access import reach_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Scope(models.TextChoices):
    """What a token is for. It never opens more than its owner may see; a scope only leaves out less."""

    OFFICIALS_READ = "officials:read", _("Read officials")
    MEASURES_READ = "measures:read", _("Read measures")
    LOG_READ = "log:read", _("Read the log")
    LOG_WRITE = "log:write", _("Write into the log")
    CAMPAIGNS_READ = "campaigns:read", _("Read campaigns")
    ACTIONS_READ = "actions:read", _("Read actions")
    WEBHOOKS = "webhooks", _("Be told of events")


def only_known_scopes(value: object) -> None:
    if not isinstance(value, list) or not value or any(one not in Scope.values for one in value):
        raise ValidationError(_("Choose what the token is for."))


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own; staff see all, to revoke them. The secret is nobody's to see again."""
        reach = reach_of(user)
        return self if reach.is_staff else self.filter(owner=reach.person_id or 0)

    def owned_by(self, user: "User") -> Self:
        return self.filter(owner=user)

    def working(self, now: datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=now, owner__is_active=True)


class ApiToken(models.Model):
    """A key with which a program reads and writes in one person's name. Only a digest of the secret is kept."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    name = models.CharField(
        _("name"), max_length=80, help_text=_("Which program uses it, so that you know what to revoke.")
    )
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("what it is for"), default=list, validators=[only_known_scopes])
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("works until"))
    last_used_on = models.DateField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )

    objects: ClassVar[models.Manager["ApiToken"]] = models.Manager.from_queryset(ApiTokenQuerySet)()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="api_apitoken_expires_after_it_is_made",
                violation_error_message=_("A token works until a day after it is made."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None) | Q(revoked_at__isnull=False),
                name="api_apitoken_only_a_revoked_one_names_who_revoked_it",
                violation_error_message=_("Only a revoked token names who revoked it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def allows(self, scope: str) -> bool:
        return scope in self.scopes

    def works(self, now: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > now

    def scope_labels(self) -> list[str]:
        return [str(Scope(one).label) for one in self.scopes if one in Scope.values]
