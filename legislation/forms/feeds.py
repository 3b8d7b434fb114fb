"""Which sessions a feed asks for, as staff choose them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from legislation.models import FeedSession
from legislation.sources.measures.live.catalogue import LIVE

if TYPE_CHECKING:
    _Form = forms.ModelForm[FeedSession]
else:
    _Form = forms.ModelForm


class FeedSessionForm(_Form):
    class Meta:
        model = FeedSession
        fields = ("session", "is_chosen")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        session = (cleaned or {}).get("session")
        live = LIVE.get(self.instance.feed.source.key)
        if session is not None and (live is None or not live.covers(session.jurisdiction.ocd_id)):
            raise ValidationError(
                _("%(source)s has no measures of %(jurisdiction)s.")
                % {"source": self.instance.feed, "jurisdiction": session.jurisdiction}
            )
        return cleaned
