from members.taskforce.models.action_item import ActionItem, ActionStatus
from members.taskforce.models.agenda import AgendaItem, Decision, HowDecided, ItemPurpose
from members.taskforce.models.attendance import Answer, AnsweredHow, Attendance, MeetingInvitation, Presence
from members.taskforce.models.feed import CalendarFeed, FeedScope
from members.taskforce.models.meeting import Meeting, MeetingSeries, MeetingStatus, Weekday, Which
from members.taskforce.models.minutes import MinutesCorrection, PublishedMinutes

__all__ = [
    "ActionItem",
    "ActionStatus",
    "AgendaItem",
    "Answer",
    "AnsweredHow",
    "Attendance",
    "CalendarFeed",
    "Decision",
    "FeedScope",
    "HowDecided",
    "ItemPurpose",
    "Meeting",
    "MeetingInvitation",
    "MeetingSeries",
    "MeetingStatus",
    "MinutesCorrection",
    "Presence",
    "PublishedMinutes",
    "Weekday",
    "Which",
]
