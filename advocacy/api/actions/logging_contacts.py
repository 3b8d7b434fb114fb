"""Logging a contact for a program: the form's rules, its names for fields, and one record for each key."""

import hashlib
import json
import re
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import QueryDict
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.api.models import ApiToken, KeptAnswer
from advocacy.api.problems import FieldProblem, Problem
from advocacy.interactions.actions import contacts
from advocacy.interactions.entry import Entry
from advocacy.interactions.errors import InTheFuture, NotAllowedToLogHere
from advocacy.interactions.forms.contact import ContactForm
from advocacy.interactions.models import Interaction
from members.access import chapters_to_log_for, reach_of

_KEY = re.compile(r"[!-~]{1,128}")


def log(*, token: ApiToken, key: str, contact: dict[str, Any], now: datetime) -> tuple[Interaction, bool]:
    """The record, and whether this request made it. Raises Problem.

    The same key with the same contact gives the record that is there; with another it is refused.
    """
    if not _KEY.fullmatch(key):
        text = _("Send a key of your own for each contact, up to 128 visible characters without spaces.")
        raise Problem(400, text, errors=[FieldProblem("Idempotency-Key", text)])
    digest = _digest(contact)
    kept = KeptAnswer.objects.filter(token=token, key=key).first()
    if kept is not None:
        return _made_before(kept, digest), False
    interaction, is_new = _log(token, key, contact, now)
    kept, is_first = KeptAnswer.objects.get_or_create(
        token=token, key=key, defaults={"request_digest": digest, "made": interaction.pk, "at": now}
    )
    if not is_first:  # somebody was faster between the look and the record
        return _made_before(kept, digest), False
    return interaction, is_new


def _made_before(kept: KeptAnswer, digest: str) -> Interaction:
    if kept.request_digest != digest:
        raise Problem(409, _("This key was used for another contact. Take a new key for a new contact."))
    return Interaction.objects.get(pk=kept.made)


def _log(token: ApiToken, key: str, contact: dict[str, Any], now: datetime) -> tuple[Interaction, bool]:
    owner = token.owner
    if not reach_of(owner).may_log:
        raise Problem(403, _("With your role you cannot log contacts."))
    form = ContactForm(_filled_in(contact, owner, _form_key(token, key)), user=owner, now=now)
    if not form.is_valid():
        raise Problem(422, errors=_problems(form))
    try:
        return contacts.log(by=owner, entry=_entry(form), form_key=form.cleaned_data["form_key"], now=now)
    except NotAllowedToLogHere as refused:
        raise Problem(
            422, errors=[FieldProblem("chapter", _("You cannot log for this chapter."))]
        ) from refused
    except InTheFuture as refused:
        raise Problem(422, errors=[FieldProblem("occurred_on", _("This day has not come yet."))]) from refused


def _form_key(token: ApiToken, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"api-token:{token.pk}:{key}")


def _filled_in(contact: dict[str, Any], owner: User, form_key: UUID) -> QueryDict:
    """The contact as the form would send it."""
    chapter = chapters_to_log_for(owner).filter(slug=contact["chapter"]).first()
    answers = {
        **contact,
        "form_key": form_key,
        "chapter": chapter.pk if chapter else "",
        "zone": contact["zone"] or owner.time_zone,
        "our_people": [owner.pk],
        "impressions_confidentiality": "chapter",
        "discussed_specific_legislation": "yes" if contact["discussed_specific_legislation"] else "no",
    }
    data = QueryDict(mutable=True)
    for name, value in answers.items():
        if isinstance(value, list):
            data.setlist(name, [str(one) for one in value])
        elif value not in (None, False, ""):
            data[name] = "on" if value is True else str(value)
    return data


def _entry(form: ContactForm) -> Entry:
    cleaned = form.cleaned_data
    return Entry(
        facts=form.facts(),
        officials=list(cleaned["officials"]),
        committees=list(cleaned["committees"]),
        agency=cleaned["agency"],
        met=form.met(),
        our_people=list(cleaned["our_people"]),
        guests=form.guest_names,
        measures=list(cleaned["measures"]),
        issues=list(cleaned["issues"]),
    )


def _problems(form: ContactForm) -> list[FieldProblem]:
    return [FieldProblem(field, str(text)) for field, texts in form.errors.items() for text in texts]


def _digest(contact: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(contact, sort_keys=True).encode()).hexdigest()
