"""The list of metrics, in the order of the report. Every screen, export and lock asks here (DOMAIN.md §6.3)."""

from django.utils.translation import gettext_lazy as _

from advocacy.reports.metrics import (
    attendance,
    campaigns,
    contacts,
    events,
    measures,
    outcomes,
    promises,
    reporting,
    research,
    seats,
    touches,
)
from advocacy.reports.metrics.definition import Metric, NotRecorded
from advocacy.reports.metrics.figure import Unit

_CONTACTS = [
    Metric(
        "meaningful",
        _("Meaningful interactions"),
        _(
            "Logged contacts in the period that are two-way or on the record, with a named person or office, about a "
            "measure, an issue or the relationship. Not counted: voicemail or e-mail without reply, scheduling, "
            "thank-you notes, mentions, no-shows. One meeting is one; one e-mail thread at most one a day."
        ),
        1,
        Unit.COUNT,
        contacts.gather_meaningful,
        contacts.counted,
        contacts.meaningful,
    ),
    Metric(
        "shared",
        _("Of these shared"),
        _(
            "Meaningful interactions credited to more than one chapter. Each participating chapter counts them, the "
            "state team and the nation once: chapter figures may add to more than the total."
        ),
        1,
        Unit.COUNT,
        contacts.gather_shared,
        contacts.counted,
        contacts.shared,
    ),
    Metric(
        "officials",
        _("Unique officials reached"),
        _(
            "Persons holding office on that day with at least one meaningful interaction with them or their office. A "
            "person with two roles counts once. Committees and agencies are counted separately as other offices."
        ),
        1,
        Unit.COUNT,
        contacts.gather_offices,
        contacts.officials_reached,
        contacts.with_an_official,
        {
            "in_person": _("in person"),
            "office_only": _("office only"),
            "other_offices": _("other offices"),
        },
    ),
    Metric(
        "thanks",
        _("Thank-you in 2 business days"),
        _(
            "Meetings, site visits and hearings with a thank-you done at most 2 business days after, out of all such "
            "interactions."
        ),
        1,
        Unit.PERCENT,
        contacts.gather_thanks,
        contacts.thanked_soon,
        contacts.owed_thanks,
    ),
    Metric(
        "lag",
        _("Logging lag, days"),
        _("Median days from the day of the contact to its record, and how many were logged within 3 days."),
        1,
        Unit.DAYS,
        contacts.gather_lags,
        contacts.logging_lag,
        contacts.in_the_log,
        {"within_3_days": _("within 3 days")},
    ),
    Metric(
        "active",
        _("Active advocates"),
        _("People who logged a contact of the period or took part in one."),
        1,
        Unit.COUNT,
        contacts.gather_people,
        contacts.active_people,
        contacts.in_the_log,
    ),
]
_SEATS = [
    Metric(
        "delegation",
        _("Delegation"),
        _(
            "Seats in force on the last day of the period whose district overlaps the chapter's territory. Vacant "
            "seats leave numerator and denominator and are listed; statewide offices are a separate line."
        ),
        1,
        Unit.COUNT,
        seats.gather,
        seats.delegation_size,
        parts={"vacant": _("vacant")},
    ),
    Metric(
        "coverage",
        _("Delegation coverage"),
        _(
            "Seats whose current holder has a meaningful interaction in the 12 months before the end of the period, "
            "out of the delegation. A new holder starts at zero. Assigned: a primary key contact is named. Strong: "
            "strength 4 or 5, said in the last 12 months. Rounded down, so that only all of it is 100%."
        ),
        1,
        Unit.PERCENT,
        seats.gather,
        seats.covered,
        parts={"assigned": _("assigned"), "strong": _("strong"), "vacant": _("vacant")},
    ),
]
_PROMISES = [
    Metric(
        "followups",
        _("Follow-ups on time"),
        _(
            "Follow-ups due in the period and completed on or before the due date, out of the follow-ups due in the "
            "period, without cancelled ones."
        ),
        1,
        Unit.PERCENT,
        promises.gather_followups,
        promises.done_on_time,
        promises.followups_due,
        {"late": _("done late"), "still_open": _("still open")},
    ),
    Metric(
        "overdue",
        _("Follow-ups overdue"),
        _("Follow-ups that were due before the end of the period and are still open."),
        1,
        Unit.COUNT,
        promises.gather_overdue,
        promises.overdue_count,
        promises.overdue,
    ),
    Metric(
        "their_response",
        _("Their response time, days"),
        _("Median calendar days from our request to the first reply, with how many still wait for one."),
        1,
        Unit.DAYS,
        promises.gather_requests,
        promises.their_response,
        promises.requests,
        {"waiting": _("waiting"), "unanswered": _("never answered")},
    ),
    Metric(
        "our_response",
        _("Our response time, business days"),
        _("Median business days from their question or our promise until it was done."),
        1,
        Unit.DAYS,
        promises.gather_answers,
        promises.our_response,
        promises.owed_answers,
        {"waiting": _("waiting"), "unanswered": _("never answered")},
    ),
    Metric(
        "commitments",
        _("Commitments kept"),
        _("Their commitments with a check-back date in the period: kept, not kept, pending."),
        1,
        Unit.PERCENT,
        promises.gather_commitments,
        promises.commitments_kept,
        promises.looked_at_again,
        {"not_kept": _("not kept"), "pending": _("pending")},
    ),
]
_REPORTING = [
    Metric(
        "on_time",
        _("Report on time"),
        _("First submission by the due time, out of the reports due; excused ones are left out."),
        1,
        Unit.PERCENT,
        reporting.gather_reports,
        reporting.on_time,
        reporting.reports,
    ),
    Metric(
        "received",
        _("Reports received"),
        _("Reports handed in at any time, out of the reports expected; excused ones are left out."),
        1,
        Unit.PERCENT,
        reporting.gather_received,
        reporting.received,
        reporting.reports,
    ),
    Metric(
        "attendance",
        _("Attendance"),
        _(
            "Advocates who were there or sent a delegate, out of the advocates expected, at the last three meetings of "
            "the task force held before the end of the period."
        ),
        1,
        Unit.PERCENT,
        attendance.gather,
        attendance.attendance,
    ),
    Metric(
        "hours",
        _("Volunteer hours"),
        _("The sum of the hours entered; never inferred."),
        1,
        Unit.HOURS,
        reporting.gather_hours,
        reporting.volunteer_hours,
        reporting.reports,
    ),
]
_MEASURES = [
    Metric(
        "measures",
        _("Measures tracked"),
        _(
            "Measures in tiers 1 to 3 on the last day of the period, each once, however many chapters follow it. "
            "Moved: at least one stage event dated in the period, in either direction."
        ),
        1,
        Unit.COUNT,
        measures.gather,
        measures.tracked_and_moved,
        measures.tracked,
        {"moved": _("moved"), "tier_1": _("in tier 1"), "tier_1_moved": _("of tier 1 moved")},
    ),
]
_OUTCOMES = [
    Metric(
        "outcomes",
        _("Positions won"),
        _(
            "Positions on measures that ended in the period, and what that was for us: support wins by enactment, "
            "opposition by defeat, veto or time running out; “if amended” and “unless amended” win an enacted measure "
            "with all or some of the amendments. Only positions approved before the day it ended are scored, each once "
            "for a measure, however many chapters took it. Our part stands beside every win. Open: still pending."
        ),
        1,
        Unit.COUNT,
        outcomes.gather,
        outcomes.won,
        outcomes.wins,
        {
            "led": _("led"),
            "coalition": _("in a coalition"),
            "monitored": _("monitored only"),
            "without_part": _("without our part on record"),
            "mixed": _("mixed"),
            "loss": _("lost"),
            "open": _("open"),
        },
    ),
]
_CAMPAIGNS = [
    Metric(
        "campaigns",
        _("Campaign action rate"),
        _(
            "People who took part in a campaign in the period, out of the people whose mail server took an ask in it; "
            "each once, credited to the chapter. It can be more than all: people also come by links that others share. "
            "Confirmed: a mail server of an office took a letter; what people say they sent themselves is not in it."
        ),
        1,
        Unit.PERCENT,
        campaigns.gather,
        campaigns.action_rate,
        campaigns.taken_part_in,
        {"confirmed": _("confirmed"), "personal": _("in their own words")},
    ),
]
_RESEARCH = [
    Metric(
        "research",
        _("Research activities held"),
        _(
            "Community conversations, focus groups, surveys, interviews and studies of documents that began in the "
            "period, without restricted ones. Participants: as counted at each. Findings used: those with a use in a "
            "material, a testimony or an interaction dated in the period, each once."
        ),
        1,
        Unit.COUNT,
        research.gather,
        research.activities_held,
        research.held,
        {"participants": _("participants"), "findings_used": _("findings used")},
    ),
]
_PARTNERS = [
    Metric(
        "touches",
        _("Coalition and grasstops touches"),
        _(
            "Meetings and light touches with coalitions, partner organizations and grasstops contacts in the period. "
            "They are no meaningful interactions, and restricted ones are not counted."
        ),
        1,
        Unit.COUNT,
        touches.gather,
        touches.counted,
        touches.touches,
        {"meetings": _("meetings"), "grasstops": _("with grasstops contacts")},
    ),
]
_EVENTS = [
    Metric(
        "advocacy_days",
        _("Advocacy Days held"),
        _(
            "Advocacy Days in the period that chapters hosted, each counted for every host and once above them. "
            "Attended: people who checked in. Meetings: those that took place, with the official or with staff."
        ),
        1,
        Unit.COUNT,
        events.gather,
        events.days_held,
        events.held,
        {"came": _("attended"), "met": _("meetings held")},
    ),
]
_GROUPS = (
    _CONTACTS, _SEATS, _PROMISES, _REPORTING, _MEASURES, _OUTCOMES, _CAMPAIGNS, _EVENTS, _RESEARCH, _PARTNERS,
)  # fmt: skip
METRICS: dict[str, Metric] = {one.code: one for group in _GROUPS for one in group}
NOT_RECORDED = [
    NotRecorded("ladder", _("Ladder of engagement"), _("Training is not recorded yet.")),
]
