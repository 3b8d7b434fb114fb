"""Rows that break each rule of the campaigns' tables: a function that makes one, and the sentence that refuses it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import models

from campaigns.models import (
    Appeal,
    Campaign,
    Letter,
    Mailing,
    Message,
    Participation,
    Recipient,
    Revision,
    StatusChange,
    Target,
    TargetRule,
)
from tests.cast import NOW, Cast
from tests.factories.campaigns import drafted
from tests.factories.log import alma_reyes
from tests.factories.people import state

DAY = timedelta(days=1)


class Stage:
    """One campaign of Gulf Prairie with a row of each kind, to be spoilt."""

    def __init__(self, cast: Cast, contact: Any) -> None:
        self.cast, self.contact = cast, contact
        self.campaign = drafted(cast.dana, None, cast.gulf_prairie)
        self.reyes = alma_reyes()
        self.texas = state("tx", "Texas")
        self.revision = Revision.objects.create(
            **self.revised(number=1, **self.decided("approved", cast.jordan))
        )
        dated = {"added_at": NOW, "changed_at": NOW}
        self.target = Target.objects.create(campaign=self.campaign, official=self.reyes, **dated)
        self.mailing = Mailing.objects.create(**self.mailed())
        self.recipient = Recipient.objects.create(**self.received())
        self.participation = Participation.objects.create(**self.took_part())
        self.letter = Letter.objects.create(**self.wrote())

    def revised(self, **fields: Any) -> dict[str, Any]:
        people = {"author": self.cast.dana, "submitted_by": self.cast.dana, "submitted_at": NOW}
        known = {"campaign": self.campaign, "number": 2, "content": {}, "fingerprint": "x"}
        return known | people | fields

    def decided(self, verdict: str, by: Any) -> dict[str, Any]:
        return {"verdict": verdict, "decided_by": by, "decided_at": NOW, "is_nonpartisan": True}

    def aimed(self, **fields: Any) -> dict[str, Any]:
        return {"campaign": self.campaign, "added_at": NOW, "changed_at": NOW} | fields

    def mailed(self, **fields: Any) -> dict[str, Any]:
        known = {"campaign": self.campaign, "revision": self.revision, "purpose": "launch"}
        return known | {"audience": 1, "begun_at": NOW} | fields

    def received(self, **fields: Any) -> dict[str, Any]:
        known = {"mailing": self.mailing, "contact": self.contact, "language": "en", "decided_at": NOW}
        return known | fields

    def took_part(self, **fields: Any) -> dict[str, Any]:
        known = {"campaign": self.campaign, "contact": self.contact, "revision": self.revision, "key": "k1"}
        return known | {"language": "en", "acknowledged": "As a private citizen.", "at": NOW} | fields

    def wrote(self, **fields: Any) -> dict[str, Any]:
        known = {"participation": self.participation, "target": self.target, "fingerprint": "x", "at": NOW}
        return known | {"method": "web_form", "confirmation": "self_reported"} | fields


def _changed(row: models.Model, **fields: Any) -> models.Model:
    for name, value in fields.items():
        setattr(row, name, value)
    return row


Spoil = Callable[[Stage], models.Model]
BROKEN: dict[str, tuple[Spoil, str]] = {
    "closes_after_it_opens": (
        lambda on: _changed(on.campaign, closes_at=on.campaign.opens_at - DAY),
        "closes after it opens",
    ),
    "goes_on_only_with_an_approved_version": (
        lambda on: _changed(on.campaign, status="approved"),
        "Only an approved version",
    ),
    "live_says_since_when": (
        lambda on: _changed(on.campaign, status="live", revision=on.revision),
        "says when it was launched",
    ),
    "has_a_window_before_it_runs": (
        lambda on: _changed(on.campaign, status="scheduled", revision=on.revision, opens_at=None),
        "has a window",
    ),
    "has_a_known_status_and_kind": (lambda on: _changed(on.campaign, kind="rally"), "one of the kinds"),
    "statuschange_changes_something": (
        lambda on: StatusChange(campaign=on.campaign, before="draft", after="draft", at=NOW),
        "another status",
    ),
    "message_once_for_a_group_and_language": (
        lambda on: Message(campaign=on.campaign, language="en", subject="x", body="x"),
        "a text for this group",
    ),
    "appeal_once_for_a_purpose_and_language": (
        lambda on: Appeal(campaign=on.campaign, purpose="launch", language="en", subject="x", body="x"),
        "a mail for this purpose",
    ),
    "appeal_subjects_differ": (
        lambda on: Appeal(campaign=on.campaign, purpose="thanks", subject="x", subject_b="x", body="x"),
        "same as the first",
    ),
    "targetrule_agency_has_a_name": (
        lambda on: TargetRule(campaign=on.campaign, kind="agency"),
        "Name the agency",
    ),
    "targetrule_names_its_chamber": (
        lambda on: TargetRule(campaign=on.campaign, kind="chamber"),
        "the chamber",
    ),
    "targetrule_names_its_committee": (
        lambda on: TargetRule(campaign=on.campaign, kind="committee"),
        "the committee",
    ),
    "target_is_an_official_or_an_agency": (lambda on: Target(**on.aimed()), "exactly one"),
    "target_official_once": (
        lambda on: Target(**on.aimed(official=on.reyes)),
        "a target of this campaign already",
    ),
    "target_agency_once": (
        lambda on: _agency_twice(on),
        "a target of this campaign already",
    ),
    "revision_number_once": (lambda on: Revision(**on.revised(number=1)), "version of this number"),
    "revision_one_waits": (
        lambda on: _waiting_twice(on),
        "waits for a decision already",
    ),
    "revision_is_approved_by_a_second_person": (
        lambda on: Revision(**on.revised(**on.decided("approved", on.cast.dana))),
        "Somebody else than its author",
    ),
    "revision_decision_says_who_and_when": (
        lambda on: Revision(**on.revised(verdict="withdrawn")),
        "who took it, and when",
    ),
    "revision_returned_says_why": (
        lambda on: Revision(**on.revised(**on.decided("returned", on.cast.jordan))),
        "what has to change",
    ),
    "mailing_once_for_a_purpose": (lambda on: Mailing(**on.mailed()), "for this purpose already"),
    "mailing_is_sent_once_it_is_written": (
        lambda on: Mailing(**on.mailed(purpose="thanks", state="sending")),
        "says when",
    ),
    "recipient_once_in_a_mailing": (lambda on: Recipient(**on.received()), "in this mailing already"),
    "recipient_skipped_gets_nothing": (
        lambda on: _changed(on.recipient, skipped="suppressed", viewed_at=NOW),
        "gets no message",
    ),
    "recipient_views_after_it_was_written": (
        lambda on: _changed(on.recipient, viewed_at=NOW - DAY),
        "after the mail was written",
    ),
    "participation_once_in_a_campaign": (
        lambda on: Participation(**on.took_part(key="k2")),
        "taken part already",
    ),
    "participation_shares_are_per_cent": (
        lambda on: _changed(on.participation, own_share=101),
        "between 0 and 100",
    ),
    "participation_acts_as_a_private_citizen": (
        lambda on: _changed(on.participation, acknowledged=""),
        "needs the acknowledgement",
    ),
    "participation_judged_says_who_and_when": (
        lambda on: _changed(on.participation, judged_at=NOW),
        "who took it, and when",
    ),
    "participation_is_asked_back_afterwards": (
        lambda on: _changed(on.participation, asked_back_at=NOW),
        "asked after the letter",
    ),
    "letter_once_to_a_target": (lambda on: Letter(**on.wrote()), "written to this office already"),
    "letter_only_what_we_sent_is_confirmed": (
        lambda on: _changed(on.letter, confirmation="confirmed"),
        "Only what the portal sent",
    ),
    "letter_of_the_portal_is_not_self_reported": (
        lambda on: _changed(on.letter, method="portal_email"),
        "not self-reported",
    ),
    "letter_told_is_not_by_the_portal": (
        lambda on: _changed(on.letter, told_at=NOW - DAY),
        "Only what supporters send themselves",
    ),
    "letter_outcome_is_of_a_call": (lambda on: _changed(on.letter, call_outcome="spoke"), "Only a call"),
    "letter_reply_has_a_kind_and_a_day": (
        lambda on: _changed(on.letter, reply="supportive"),
        "a kind and a day",
    ),
    "letter_reply_says_when_it_was_noted": (
        lambda on: _changed(on.letter, reply="supportive", replied_on=NOW.date()),
        "says when it was noted",
    ),
    "letter_forgotten_has_no_text": (
        lambda on: _changed(on.letter, text="Dear", forgotten_at=NOW),
        "no text",
    ),
}


def _agency_twice(on: Stage) -> Target:
    Target.objects.create(**on.aimed(agency_name="Commission"))
    return Target(**on.aimed(agency_name="Commission"))


def _waiting_twice(on: Stage) -> Revision:
    Revision.objects.create(**on.revised())
    return Revision(**on.revised(number=3))


MODELS = (
    Campaign,
    StatusChange,
    Message,
    Appeal,
    TargetRule,
    Target,
    Revision,
    Mailing,
    Recipient,
    Participation,
    Letter,
)
