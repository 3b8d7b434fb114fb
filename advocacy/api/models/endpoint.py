import base64
import secrets
import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from members.access import reach_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class EventKind(models.TextChoices):
    INTERACTION_LOGGED = "interaction.logged", _("A contact was logged")
    MEASURE_CHANGED = "measure.changed", _("A measure changed")
    CAMPAIGN_LAUNCHED = "campaign.launched", _("A campaign was launched")
    CAMPAIGN_CLOSED = "campaign.closed", _("A campaign was closed")
    ACTION_RECORDED = "action.recorded", _("Somebody took part in a campaign")


def only_known_events(value: object) -> None:
    if not isinstance(value, list) or not value or any(one not in EventKind.values for one in value):
        raise ValidationError(_("Choose at least one event."))


def new_salt() -> str:
    return secrets.token_hex(16)


class WebhookEndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own; staff see all."""
        reach = reach_of(user)
        return self if reach.is_staff else self.filter(owner=reach.person_id or 0)

    def owned_by(self, user: "User") -> Self:
        return self.filter(owner=user)

    def active(self) -> Self:
        return self.filter(disabled_at=None, owner__is_active=True)


class WebhookEndpoint(models.Model):
    """An address that is told of events its owner may read. The portal calls it, signs what it says, and tries again.

    The signing secret is worked out from this installation's secret key and `salt`: the database alone does not
    give it away, and making a new one is writing a new salt.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    url = models.URLField(
        _("address"), max_length=500, help_text=_("Begins with https:// and is reached over the internet.")
    )
    events = models.JSONField(_("events"), default=list, validators=[only_known_events])
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    created_at = models.DateTimeField(_("made"))
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    disabled_at = models.DateTimeField(_("switched off"), null=True, blank=True)
    disabled_because = models.CharField(_("why"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["WebhookEndpoint"]] = models.Manager.from_queryset(
        WebhookEndpointQuerySet
    )()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "url"],
                condition=Q(disabled_at=None),
                name="api_webhookendpoint_calls_an_address_once",
                violation_error_message=_("You have a webhook to this address already."),
            ),
            models.CheckConstraint(
                condition=Q(disabled_at=None, disabled_because="")
                | (Q(disabled_at__isnull=False) & ~Q(disabled_because="")),
                name="api_webhookendpoint_switched_off_says_why",
                violation_error_message=_("A webhook that is switched off says why."),
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None

    @property
    def secret(self) -> str:
        digest = salted_hmac(f"advocacy.api.webhook:{self.salt}", str(self.public_id), algorithm="sha256")
        return "whsec_" + base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")

    def event_labels(self) -> list[str]:
        return [str(EventKind(one).label) for one in self.events if one in EventKind.values]
