"""The filters of the hearing calendar, and the form of one hearing, whose times are those of the room's clock."""

from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from legislation.actions import hearings
from legislation.forms.wall_clock import WallClockForm
from legislation.models import Committee, Hearing, HearingStatus, Jurisdiction


class When(models.TextChoices):
    AHEAD = "", _("Today and later")
    EARLIER = "earlier", _("Earlier")


class HearingFilters(forms.Form):
    """Which hearings to show; only legislatures and committees that have some are offered."""

    hide_optional = True

    jurisdiction = forms.ModelChoiceField(
        label=_("Legislature"), queryset=Jurisdiction.objects.none(), required=False, empty_label=_("Any")
    )
    committee = forms.ModelChoiceField(
        label=_("Committee"), queryset=Committee.objects.none(), required=False, empty_label=_("Any")
    )
    when = forms.ChoiceField(label=_("When"), choices=When.choices, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = Hearing.objects.visible_to(user)
        legislatures = Jurisdiction.objects.visible_to(user).filter(pk__in=shown.values("jurisdiction"))
        committees = Committee.objects.visible_to(user).filter(pk__in=shown.values("committee"))
        committees = committees.select_related("jurisdiction", "chamber", "parent")
        self.fields["jurisdiction"].queryset = legislatures.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["committee"].queryset = committees.order_by("name", "pk")  # type: ignore[attr-defined]


class HearingForm(WallClockForm[Hearing]):
    """One hearing in the admin, which names the fields. What it may become follows from what it is."""

    moments = ("starts_at", "sign_up_by", "written_by", "notice_received_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if status := self.fields.get("status"):
            status.choices = self._may_become()  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        starts_at, now = values.get("starts_at"), timezone.now()
        was = Hearing.objects.filter(pk=self.instance.pk).values_list("starts_at", flat=True).first()
        try:
            if starts_at and starts_at != was:
                hearings.require_ahead(starts_at, now)
            if values.get("status") == HearingStatus.HELD and starts_at and starts_at > now:
                raise hearings.NotBegun
        except (hearings.InThePast, hearings.NotBegun) as problem:
            self.add_error("starts_at", str(problem))
        return values

    def _may_become(self) -> list[tuple[str, Any]]:
        """A new one is scheduled. That it was moved follows from its time and room, and is not chosen."""
        now = HearingStatus(self.instance.status)
        ends = (HearingStatus.CANCELLED, HearingStatus.HELD) if self.instance.pk else ()
        return [(one.value, one.label) for one in dict.fromkeys((now, *ends))]
