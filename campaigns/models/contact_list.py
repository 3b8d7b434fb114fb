"""Lists of contacts that staff and advocates keep: who a campaign is sent to."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from campaigns.models.contact import Contact
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class ContactListQuerySet(models.QuerySet["ContactList"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Staff see all, advocates those of their chapters."""
        reach = reach_of(user)
        return self if reach.is_staff else self.filter(chapter__in=reach.advocate_of)

    def with_size(self) -> Self:
        """With `size`: how many contacts stand on it, the erased ones not counted."""
        return self.annotate(size=Count("entries", filter=Q(entries__contact__erased_at=None)))


class ContactList(models.Model):
    """A named list. Standing on it is no consent: that is asked of each contact when mail is written."""

    name = models.CharField(_("name"), max_length=120)
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_lists",
        verbose_name=_("chapter"),
        help_text=_("Empty: a list of the society."),
    )
    is_test = models.BooleanField(
        _("for tests"), default=False, help_text=_("Gets test mail only, and is left out of all counts.")
    )
    contacts = models.ManyToManyField(
        Contact, through="ListEntry", related_name="lists", verbose_name=_("contacts")
    )

    objects: ClassVar[models.Manager["ContactList"]] = models.Manager.from_queryset(ContactListQuerySet)()

    class Meta:
        verbose_name = _("contact list")
        verbose_name_plural = _("contact lists")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "chapter",
                name="campaigns_contactlist_name_is_unique_in_its_chapter",
                violation_error_message=_("There is a list with this name already."),
            ),
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(chapter=None),
                name="campaigns_contactlist_name_is_unique_in_the_society",
                violation_error_message=_("There is a list with this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        reach = reach_of(user)
        return self if reach.is_staff else self.filter(contact_list__chapter__in=reach.advocate_of)


class ListEntry(models.Model):
    """One contact on one list."""

    contact_list = models.ForeignKey(
        ContactList, on_delete=models.CASCADE, related_name="entries", verbose_name=_("list")
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="entries", verbose_name=_("contact")
    )
    added_at = models.DateTimeField(_("added"), editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )

    objects: ClassVar[models.Manager["ListEntry"]] = models.Manager.from_queryset(ListEntryQuerySet)()

    class Meta:
        verbose_name = _("entry of a list")
        verbose_name_plural = _("entries of lists")
        ordering = ["contact_list", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact_list", "contact"],
                name="campaigns_listentry_once_on_a_list",
                violation_error_message=_("This contact is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_list} · {self.contact}"
