"""Forms whose moments are those of a place: what is typed is read by the clock of the zone beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from django import forms
from django.db import models
from django.utils import timezone

from advocacy.kernel.zones import NORTH_AMERICAN_ZONES

Row = TypeVar("Row", bound=models.Model)

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm
else:

    class _ModelForm(forms.ModelForm):
        """Generic only in the stubs."""

        def __class_getitem__(cls, row: Any) -> type:
            return cls


class WallClockForm(_ModelForm[Row]):
    """`moments` are the fields that are shown and read by the clock of the row's `zone`."""

    moments: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            place = ZoneInfo(str(self.instance.serializable_value("zone")))
            for name in self.moments:
                self.initial[name] = _on_the_wall(getattr(self.instance, name), place)

    def full_clean(self) -> None:
        zone = self.data.get(self.add_prefix("zone"), "") if isinstance(self.data, Mapping) else ""
        with timezone.override(zone if zone in NORTH_AMERICAN_ZONES else None):
            super().full_clean()


def _on_the_wall(moment: datetime | None, place: ZoneInfo) -> datetime | None:
    return moment.astimezone(place).replace(tzinfo=None) if moment else None
