"""Stories that their chapter lets go out, and whom to thank (DOMAIN.md §6.2, block 12)."""

from django.utils.translation import gettext as _

from advocacy.reports.national.document import Block, Column, Drawing
from advocacy.reports.national.record import Record


def stories(record: Record) -> Block:
    """Only with consent to publish: no answer is not a yes."""
    return Block(
        "stories",
        _("Stories"),
        [Column("chapter", _("Chapter")), Column("story", _("Story"))],
        [
            [str(report.chapter), report.story]
            for report in record.handed_in
            if report.story and report.story_may_be_published is True
        ],
        drawing=Drawing.TEXT,
        empty=_("No chapter has shared a story that may be published."),
    )


def thanks(record: Record) -> Block:
    """Whom to thank: who told of a win, in the chapter's words."""
    return Block(
        "thanks",
        _("Thanks"),
        [Column("chapter", _("Chapter")), Column("whom", _("Reported by")), Column("win", _("Top win"))],
        [
            [str(report.chapter), str(report.submitted_by), report.top_win]
            for report in record.handed_in
            if report.top_win
        ],
        empty=_("No chapter has told of a win."),
    )
