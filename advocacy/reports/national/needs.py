"""What is stuck: help wanted, worries, and action items that are overdue (DOMAIN.md §6.2, block 11)."""

from django.utils.translation import gettext as _

from advocacy.reports.national.document import Block, Column
from advocacy.reports.national.record import Record
from members.models import RoleAssignment
from members.taskforce.models import ActionItem


def help_wanted(record: Record) -> Block:
    return Block(
        "help_wanted",
        _("Help wanted"),
        [
            Column("chapter", _("Chapter")),
            Column("what", _("Help wanted")),
            Column("kind", _("What kind")),
            Column("from_whom", _("From whom")),
            Column("by", _("By when")),
        ],
        [
            [
                str(report.chapter),
                report.help_wanted,
                report.get_help_kind_display(),
                report.get_help_from_display(),
                report.help_by.isoformat() if report.help_by else "",
            ]
            for report in record.handed_in
            if report.help_wanted
        ],
        empty=_("No chapter has asked for help."),
    )


def risks(record: Record) -> Block:
    return Block(
        "risks",
        _("Risks"),
        [Column("chapter", _("Chapter")), Column("worry", _("Top worry"))],
        [[str(report.chapter), report.top_worry] for report in record.handed_in if report.top_worry],
        empty=_("No chapter has named a worry."),
    )


def overdue_items(record: Record) -> Block:
    """Of the task force's meetings. What is about a colleague stays between those it concerns."""
    rows = ActionItem.objects.unfinished().filter(about=None, due_on__lt=record.today)
    if record.scope.chapters is not None:
        ours = RoleAssignment.objects.in_force(record.today).filter(record.scope.own())
        rows = rows.filter(owner__in=ours.order_by().values("person"))
    return Block(
        "overdue_items",
        _("Action items overdue"),
        [Column("due", _("Due"), is_day=True), Column("what", _("What to do")), Column("owner", _("Owner"))],
        [
            [item.due_on.isoformat(), item.text, str(item.owner)]
            for item in rows.select_related("owner").order_by("due_on", "pk")
        ],
        empty=_("No action item is overdue."),
    )
