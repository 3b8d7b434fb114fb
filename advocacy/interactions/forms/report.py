"""One report of a contact: the main form and its repeatable blocks, bound, checked and read as one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.entry import AskMade, Entry, Promise
from advocacy.interactions.forms.contact import ContactForm
from advocacy.interactions.forms.rows import AskForm, Asks, NewPeople, PromiseForm, Promises
from advocacy.interactions.models import (
    DoNotContact,
    Initiator,
    Interaction,
    Kind,
    MeetingRequest,
    Occasion,
    State,
)
from advocacy.kernel.picking import row_keys
from legislation.models import Official
from members.access import chapters_to_log_for, people_visible_to

SEPARATE = "separate"
_TARGETS = {"log": State.LOGGED, "plan": State.PLANNED, "draft": State.DRAFT}
# The folded parts of the page, with the fields in each, and those that open it once they hold something.
_FOLDS = {
    "staff": ("staffers",),
    "issues": ("issues",),
    "more": (
        "chapter", "our_people", "guests", "occurred_at_time", "zone", "duration_minutes", "initiated_by", "location",
        "committees", "agency", "replied_on", "was_voicemail_only", "concerns", "questions", "recommendations",
        "allies", "personal_notes", "stories_used", "materials", "materials_left", "partners_present",
    ),
    "impressions": ("impressions", "impressions_confidentiality", "confidentiality"),
    "compliance": ("capacity", "gift_value", "gift_currency"),
}  # fmt: skip
_OPENING = {"staffers", "issues", "agency", "committees", "materials", "impressions", "gift_value"}


class Report:
    """The whole log form. `data` is None while it is only shown.

    The button pressed decides what becomes of it: `log`, `plan` or `draft`; `find` and `add` only draw it again,
    with what was searched or one more block, and nothing that was typed is lost.
    """

    def __init__(
        self,
        data: QueryDict | None,
        *,
        user: User,
        now: datetime,
        initial: Mapping[str, Any] | None = None,
        may_join: bool = True,
        offers: Mapping[str, Any] | None = None,
    ) -> None:
        """`offers`: chapters and colleagues to choose from besides those the person's roles open."""
        initial = initial or {}
        self.may_join = may_join
        self.data = _with_added_row(data) if data is not None else None
        self.target = _TARGETS.get(data.get("save", "") if data is not None else "", State.LOGGED)
        if self.joins:
            # The colleague's record is complete; what stands here is no more than notes.
            self.target = State.DRAFT
        self.user = user
        self.contact = ContactForm(
            self.data, user=user, now=now, target=self.target, initial=dict(initial), offers=offers
        )
        self.new_people = NewPeople(self.data, prefix="people", initial=initial.get("new_people"))
        self.asks = Asks(self.data, prefix="asks", initial=initial.get("asks"))
        self.promises = Promises(self.data, prefix="promises", initial=initial.get("promises"))
        self._offer_topics()
        for part in (self.contact, *self.new_people.forms, *self.asks.forms, *self.promises.forms):
            part.is_judged = self.wants_saving

    @property
    def wants_saving(self) -> bool:
        return self.data is not None and "find" not in self.data and "add" not in self.data

    @property
    def answer(self) -> str:
        """What was said to "Looks like a meeting …": the key of the colleague's record, `separate`, or nothing."""
        given = self.data.get("duplicate", "") if self.data is not None and self.may_join else ""
        return given.removeprefix("join:")

    @property
    def joins(self) -> str:
        """The key of the colleague's record that the person joins instead of logging; empty when they do not."""
        saves = self.data is not None and self.wants_saving and self.data.get("save") == "log"
        return self.answer if saves and self.answer != SEPARATE else ""

    def offices_to_guard(self, today: date) -> list[Official]:
        """The officials picked for a contact today or on a day that has not come; at most a handful is asked about."""
        day = self._day()
        return self._chosen["officials"][:5] if day and day >= today else []

    def _day(self) -> date | None:
        try:
            day: date = self.contact.fields["occurred_on"].clean(self.contact["occurred_on"].value())
        except ValidationError:
            return None
        return day

    @cached_property
    def notes_in_the_way(self) -> list[DoNotContact]:
        """The do-not-contact notes that a contact still to come would pass over. What has happened has happened."""
        today, day = self.user.today(self.contact.now), self._day()
        if not self.may_join or day is None or day <= today:
            return []
        notes = DoNotContact.objects.visible_to(self.user).in_force(today)
        return list(notes.filter(official__in=self._chosen["officials"]).order_by("pk"))

    @cached_property
    def faulty_rows(self) -> "list[BaseFormSet[Any]]":
        """The repeatable blocks with something to correct, for the list of errors on top."""
        blocks = (self.new_people, self.asks, self.promises)
        return [block for block in blocks if self.wants_saving and not block.is_valid()]

    @property
    def questions(self) -> list[str]:
        """Every error in a sentence of its own, for whoever does not see the form beside it."""
        blocks = (self.new_people, self.asks, self.promises)
        found = [str(error) for block in blocks for error in block.non_form_errors()]
        for form in (self.contact, *(form for block in blocks for form in block.forms)):
            found += [str(error) for error in form.non_field_errors()]
            found += [f"{field.label}: {error}" for field in form for error in field.errors]
        return found

    @cached_property
    def open_folds(self) -> set[str]:
        """The folded parts to show open: with an error, with a search, or with something that matters filled in."""
        found = self.data.get("find", "") if self.data is not None else ""
        return {
            fold
            for fold, names in _FOLDS.items()
            if found in names
            or any(name in self.contact.errors for name in names)
            or any(self.contact[name].value() for name in _OPENING.intersection(names))
        }

    @cached_property
    def _chosen(self) -> dict[str, list[Any]]:
        """What is picked so far, valid or not yet: an ask can be about it."""
        names = ("officials", "measures", "issues")
        return {name: _rows(self.contact, name) for name in names}

    def _offer_topics(self) -> None:
        chosen = self._chosen
        for form in [*self.asks.forms, self.asks.empty_form]:
            if isinstance(form, AskForm):
                form.offer(chosen["officials"], chosen["measures"], chosen["issues"])
        colleagues = people_visible_to(self.user)
        for promise in [*self.promises.forms, self.promises.empty_form]:
            if isinstance(promise, PromiseForm):
                promise.offer(colleagues, chosen["officials"], chosen["measures"])

    def is_valid(self) -> bool:
        parts: list[ContactForm | BaseFormSet[Any]] = [
            self.contact,
            self.new_people,
            self.asks,
            self.promises,
        ]
        faulty = [part for part in parts if not part.is_valid()]
        return self._somebody_was_met() and self._says_why_it_goes_on() and not faulty

    def _says_why_it_goes_on(self) -> bool:
        if self.target != State.PLANNED or not self.contact.is_valid() or not self.notes_in_the_way:
            return True
        if self.contact.cleaned_data["reason_to_go_on"]:
            return True
        self.contact.add_error(
            "reason_to_go_on", _("A colleague asks to leave this office alone. Say why you go on.")
        )
        return False

    def _somebody_was_met(self) -> bool:
        """Logged contacts name at least one person of the office (W1 step 2)."""
        if self.target != State.LOGGED or not self.contact.is_valid() or not self.new_people.is_valid():
            return True
        if self.contact.met() or any(form.met() for form in _kept(self.new_people)):
            return True
        if self.contact.cleaned_data["was_voicemail_only"]:
            return True
        self.contact.add_error(
            "official_was_there", _("Say whom you met: tick the official, choose a staffer, or add a person.")
        )
        return False

    def entry(self) -> Entry:
        cleaned = self.contact.cleaned_data
        new = [met for form in _kept(self.new_people) if (met := form.met())]
        return Entry(
            facts=self.contact.facts(),
            officials=list(cleaned["officials"]),
            committees=list(cleaned["committees"]),
            agency=cleaned["agency"],
            met=[*self.contact.met(), *new],
            our_people=list(cleaned["our_people"]),
            guests=self.contact.guest_names,
            measures=list(cleaned["measures"]),
            issues=list(cleaned["issues"]),
            materials=list(cleaned["materials"]),
            asks=self._asks(),
            promises=self._promises(),
            impressions=cleaned["impressions"],
            impressions_confidentiality=cleaned["impressions_confidentiality"],
        )

    def _asks(self) -> list[AskMade]:
        return [made for form in _kept(self.asks) if (made := form.made())]

    def _promises(self) -> list[Promise]:
        return [promise for form in _kept(self.promises) if (promise := form.promise())]


def initial_from(interaction: Interaction) -> dict[str, Any]:
    """What the form shows when a record, plan or draft is opened again."""
    plain = (
        "version", "kind", "occurred_on", "occurred_at_time", "zone", "chapter", "purpose", "summary",
        "confidentiality", "capacity", "gift_value", "gift_currency", "was_voicemail_only", "replied_on",
        "initiated_by", "duration_minutes", "location", "concerns", "questions", "recommendations", "allies",
        "personal_notes", "stories_used", "materials_left", "partners_present",
    )  # fmt: skip
    offices = list(interaction.offices.all())
    met = list(interaction.counterparts.all())
    topics = list(interaction.topics.all())
    impression = getattr(interaction, "impression", None)
    answer = {True: "yes", False: "no", None: ""}[interaction.discussed_specific_legislation]
    return {name: getattr(interaction, name) for name in plain} | {
        "form_key": interaction.form_key,
        "discussed_specific_legislation": answer,
        "officials": [office.official for office in offices if office.official],
        "committees": [office.committee for office in offices if office.committee],
        "agency": next((office.agency for office in offices if office.agency), ""),
        "official_was_there": any(one.official for one in met),
        "staffers": [one.staffer for one in met if one.staffer],
        "our_people": [one.person for one in interaction.participants.all() if one.person],
        "guests": ", ".join(one.guest_name for one in interaction.participants.all() if one.guest_name),
        "measures": [topic.measure for topic in topics if topic.measure],
        "issues": [topic.issue for topic in topics if topic.issue],
        "materials": list(interaction.materials.all()),
        "impressions": impression.text if impression else "",
        "impressions_confidentiality": impression.confidentiality if impression else "chapter",
        "new_people": [{"name": one.name, "level": one.level} for one in met if one.name],
        "asks": [_initial_ask(ask) for ask in interaction.asks.all()],
    }


def initial_from_request(asked: MeetingRequest, user: User) -> dict[str, Any]:
    """What is known of a meeting that was asked for: with whom, when, for whom, and what about."""
    kind = Kind.SITE_VISIT_HOSTED if asked.occasion == Occasion.SITE_VISIT else Kind.MEETING_IN_PERSON
    known = {
        "kind": kind.value,
        "officials": [asked.official],
        "summary": asked.purpose,
        "occurred_on": asked.confirmed_on,
        "occurred_at_time": asked.confirmed_time,
        "zone": asked.zone,
        "initiated_by": Initiator.US.value,
    }
    logs_for_it = chapters_to_log_for(user).filter(pk=asked.chapter_id).exists()
    return known | ({"chapter": asked.chapter} if logs_for_it else {})


def _initial_ask(ask: Any) -> dict[str, Any]:
    stance = getattr(ask, "stance_after", None)
    about = f"measure:{ask.measure_id}" if ask.measure_id else f"issue:{ask.issue_id}" if ask.issue_id else ""
    return {
        "kind": ask.kind,
        "about": about,
        "text": ask.text,
        "response": ask.response,
        "reason_given": ask.reason_given,
        "official": ask.official_id,
        "is_secondary": not ask.is_primary,
        "stance": stance.stance if stance else "",
        "evidence": stance.evidence if stance else "",
    }


def _kept(rows: "BaseFormSet[Any]") -> list[Any]:
    return [form for form in rows.forms if not form.cleaned_data.get("DELETE")]


def _rows(form: ContactForm, name: str) -> list[Any]:
    field, value = form.fields[name], form[name].value() or []
    keys = [str(getattr(one, "pk", one)) for one in value]
    queryset = field.queryset  # type: ignore[attr-defined]
    return list(queryset.filter(pk__in=row_keys(keys))) if keys else []


def _with_added_row(data: QueryDict) -> QueryDict:
    """Without JavaScript, *Add another* asks the server for one more block."""
    block = {"people": "people", "asks": "asks", "promises": "promises"}.get(data.get("add", ""))
    if block is None:
        return data
    copy = data.copy()
    total = copy.get(f"{block}-TOTAL_FORMS", "0")
    copy[f"{block}-TOTAL_FORMS"] = str(int(total) + 1 if total.isdecimal() and len(total) < 4 else 1)
    return copy
