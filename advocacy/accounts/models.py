"""The person who signs in: an e-mail address, a name, and how they like to be spoken to."""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from advocacy.kernel.folding import fold, terms
from advocacy.kernel.zones import ZONE_CHOICES, today_in


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def search(self, text: str) -> Self:
        """People whose name or address holds every word of `text`, whatever its accents, hyphens or case."""
        found = self
        for term in terms(text):
            found = found.filter(search_text__contains=term)
        return found


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with a sign-in. What they may see and do follows from their roles in `members`."""

    email = models.EmailField(_("e-mail address"))
    full_name = models.CharField(_("name"), max_length=150)
    search_text = models.CharField(max_length=420, editable=False, default="")
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    time_zone = models.CharField(
        _("time zone"), max_length=50, choices=ZONE_CHOICES, default="America/New_York"
    )
    phone = PhoneNumberField(_("phone"), blank=True)
    is_active = models.BooleanField(
        _("may sign in"),
        default=True,
        help_text=_("Clear this instead of deleting a person: records keep their author."),
    )
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["search_text", "pk"]  # folded, so that Élise stands beside Elsa
        permissions = [("open_admin", _("Can open the admin"))]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_is_unique_in_any_case",
                violation_error_message=_("Somebody with this e-mail address is here already."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.full_name} {self.email}")
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0]

    @property
    def is_staff(self) -> bool:
        """May open the admin: asked of the sign-in backends, so an ended staff role closes it at once."""
        return self.is_active and self.has_perm("accounts.open_admin")

    def today(self, now: datetime) -> date:
        """The date where this person lives, at the moment `now`."""
        return today_in(self.time_zone, now)
