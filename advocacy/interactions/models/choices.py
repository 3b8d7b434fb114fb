"""The choice lists of DOMAIN.md §4 that describe a contact. Codes are stable; labels are for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    MEETING_IN_PERSON = "meeting_in_person", _("Meeting in person")
    MEETING_VIRTUAL = "meeting_virtual", _("Virtual meeting")
    PHONE_CALL = "phone_call", _("Phone call")
    EMAIL_EXCHANGE = "email_exchange", _("E-mail exchange")
    LETTER_SENT = "letter_sent", _("Letter sent")
    HEARING_TESTIMONY = "hearing_testimony", _("Testimony at a hearing")
    HEARING_ATTENDED = "hearing_attended", _("Hearing attended")
    SITE_VISIT_HOSTED = "site_visit_hosted", _("Site visit hosted")
    TOWN_HALL = "town_hall", _("Town hall")
    EVENT_CONVERSATION = "event_conversation", _("Conversation at an event")
    DROP_BY = "drop_by", _("Drop-by")
    TEXT_OR_DIRECT_MESSAGE = "text_or_direct_message", _("Text or direct message")
    RECOGNITION = "recognition", _("Recognition")
    OTHER = "other", _("Other")


# Kinds in which somebody of the office need not have answered: they count once a reply is on record (§6.3).
KINDS_NEEDING_A_REPLY = (Kind.EMAIL_EXCHANGE, Kind.LETTER_SENT, Kind.TEXT_OR_DIRECT_MESSAGE)
# Kinds in which we only listened, or that have no two-way part by themselves.
ONE_WAY_KINDS = (Kind.HEARING_ATTENDED, Kind.RECOGNITION)
# Kinds after which a thank-you is owed (§6.3, "Thank-you in 2 business days").
KINDS_OWED_THANKS = (
    Kind.MEETING_IN_PERSON,
    Kind.MEETING_VIRTUAL,
    Kind.PHONE_CALL,
    Kind.SITE_VISIT_HOSTED,
    Kind.HEARING_TESTIMONY,
)


class State(models.TextChoices):
    """A planned contact is not in the log yet: only *logged* ones count."""

    DRAFT = "draft", _("Draft")
    PLANNED = "planned", _("Planned")
    LOGGED = "logged", _("Logged")


class Purpose(models.TextChoices):
    POLICY = "policy", _("A measure or an issue")
    RELATIONSHIP = "relationship", _("Getting to know each other")
    SCHEDULING = "scheduling", _("Scheduling only")


class Initiator(models.TextChoices):
    US = "us", _("We did")
    THEM = "them", _("The office did")
    PARTNER = "partner", _("A partner did")
    CHANCE = "chance", _("It happened by chance")


class Capacity(models.TextChoices):
    """In whose name our volunteer spoke: the regulator asks."""

    CHAPTER = "chapter", _("For the chapter")
    EMPLOYER = "employer", _("For their employer")
    PRIVATE = "private", _("As a private citizen")


class Level(models.TextChoices):
    OFFICIAL = "official_personally", _("Official in person")
    SENIOR_STAFF = "senior_staff", _("Senior staff")
    POLICY_STAFF = "policy_staff", _("Policy staff")
    DISTRICT_STAFF = "district_or_constituency_staff", _("District or constituency staff")
    SCHEDULER = "scheduler", _("Scheduler")
    COMMITTEE_STAFF = "committee_staff", _("Committee staff")
    AGENCY_OFFICIAL = "agency_official", _("Agency official")
    FRONT_DESK = "front_desk", _("Front desk")
    OTHER = "other", _("Other")
