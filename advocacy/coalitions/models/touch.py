"""Touches: how we keep in touch with partners (DOMAIN.md W7).

A touch is no meaningful interaction (DOMAIN.md §6.3): nobody in office took part in it.
"""

import uuid
from typing import TYPE_CHECKING, ClassVar, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from advocacy.coalitions.models import visibility
from advocacy.coalitions.models.choices import MEETINGS, TouchKind
from advocacy.coalitions.models.coalition import Coalition
from advocacy.coalitions.models.grasstops import Grasstops
from advocacy.coalitions.models.organisation import Organisation
from advocacy.interactions.models import Interaction
from members.access import Reach, reach_of
from members.confidentiality import Confidentiality
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class TouchQuerySet(models.QuerySet["Touch"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """By their own level, and only with the contact or the coalition they speak of."""
        reach = reach_of(user)
        if reach.is_staff:
            return self.all()
        grasstops = Grasstops.objects.visible_to(user).order_by()
        coalitions = Coalition.objects.visible_to(user).order_by()
        return self.filter(visibility.readable(reach, author="logged_by")).filter(
            Q(organisation__isnull=False) | Q(grasstops__in=grasstops) | Q(coalition__in=coalitions)
        )

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Those of the chapters one is advocate of, and one's own where one logs; all for staff."""
        reach: Reach = reach_of(user)
        return self.visible_to(user).filter(visibility.editable(reach, author="logged_by"))

    def exportable(self) -> Self:
        """Restricted ones leave in no export, mail or report; nor do those with a contact that is restricted."""
        restricted = Confidentiality.RESTRICTED
        return self.exclude(confidentiality=restricted).exclude(grasstops__confidentiality=restricted)

    def with_subjects(self) -> Self:
        return self.select_related(
            "grasstops__contact__organisation", "organisation", "coalition", "chapter", "logged_by"
        )


class Touch(models.Model):
    """One dated meeting or light touch with a grasstops contact, an organisation or a coalition: one of the three.

    `occurred_on` is a plain date, as in the log. `interaction` is the contact with an office it belongs to, if any.
    """

    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="touches", verbose_name=_("chapter")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=TouchKind.choices)
    occurred_on = models.DateField(_("date"))
    summary = models.TextField(_("what was said"), max_length=2000, blank=True)
    grasstops = models.ForeignKey(
        Grasstops,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="touches",
        verbose_name=_("grasstops contact"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="touches",
        verbose_name=_("organization"),
    )
    coalition = models.ForeignKey(
        Coalition,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="touches",
        verbose_name=_("coalition"),
    )
    interaction = models.ForeignKey(
        Interaction,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="touches",
        verbose_name=_("belongs to the interaction"),
    )
    confidentiality = models.CharField(
        _("who may read it"),
        max_length=10,
        choices=Confidentiality.choices,
        default=Confidentiality.CHAPTER,
    )
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("logged by"),
    )
    form_key = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)

    objects: ClassVar[models.Manager["Touch"]] = models.Manager.from_queryset(TouchQuerySet)()

    class Meta:
        verbose_name = _("touch")
        verbose_name_plural = _("touches")
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["chapter", "occurred_on"], name="coalitions_touch_of_a_month")]
        constraints = [
            models.CheckConstraint(
                condition=Q(grasstops__isnull=False, organisation=None, coalition=None)
                | Q(grasstops=None, organisation__isnull=False, coalition=None)
                | Q(grasstops=None, organisation=None, coalition__isnull=False),
                name="coalitions_touch_is_with_one_partner",
                violation_error_message=_("Say with whom: one person, one organization, or one coalition."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TouchKind.values, confidentiality__in=Confidentiality.values),
                name="coalitions_touch_has_a_known_kind_and_level",
                violation_error_message=_("Choose one of the kinds, and who may read it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{date_format(self.occurred_on)}: {self.get_kind_display()}, {self.subject}"

    def get_absolute_url(self) -> str:
        """Read where it stands: on the page of the partner."""
        return self.subject.get_absolute_url()

    def get_edit_url(self) -> str:
        return reverse("coalitions:touch_edit", args=[self.pk])

    @property
    def is_meeting(self) -> bool:
        return self.kind in MEETINGS

    @property
    def subject(self) -> Grasstops | Organisation | Coalition:
        """A constraint sees to it that there is one."""
        return cast(
            "Grasstops | Organisation | Coalition", self.grasstops or self.organisation or self.coalition
        )
