"""What somebody tells of an office's answer: one of us, or the supporter on their receipt."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from campaigns.actions import replies
from campaigns.models import Letter, ReplyKind


class ReplyForm(forms.Form):
    kind = forms.ChoiceField(label=_("What did they answer?"), choices=ReplyKind.choices)
    on = forms.DateField(
        label=_("When did it come?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = forms.CharField(
        label=_("In their words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What matters of it. Leave out names and addresses of others."),
    )

    def __init__(self, data: Any = None, *, letter: Letter, today: date) -> None:
        noted = {"kind": letter.reply, "on": letter.replied_on or today, "text": letter.reply_text}
        super().__init__(data, initial=noted, prefix=f"letter{letter.pk}")
        self.letter = letter

    def note(self, *, by: User | None, now: datetime) -> bool:
        """False where the day cannot be; what nobody may change any more is left as it is."""
        if not self.is_valid():
            return False
        said = self.cleaned_data
        try:
            replies.record(
                self.letter, kind=ReplyKind(said["kind"]), on=said["on"], text=said["text"], by=by, now=now
            )
        except replies.NotThen as problem:
            self.add_error("on", str(problem))
        return self.is_valid()
