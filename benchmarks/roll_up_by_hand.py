"""The tables of the national report as somebody would write them in SQL who knows the schema and no other rule."""

# ruff: noqa: S608 (the texts are put together from parts that stand in this file; what varies is a parameter)
from datetime import date, timedelta
from typing import Any

from django.db import connection

from advocacy.kernel.periods import Month
from advocacy.reports.deadlines import same_month_last_year

Rows = list[tuple[Any, ...]]
_MEANINGFUL = """
    i.deleted_at IS NULL AND i.state = 'logged' AND i.kind NOT IN ('hearing_attended', 'recognition')
    AND NOT (i.kind IN ('email_exchange', 'letter_sent', 'text_or_direct_message') AND i.replied_on IS NULL)
    AND NOT i.was_voicemail_only AND i.purpose <> 'scheduling'
    AND EXISTS (SELECT 1 FROM interactions_counterpart c WHERE c.interaction_id = i.id)
"""
_TOUCHED = f"""
    SELECT DISTINCT o.official_id FROM interactions_office o JOIN interactions_interaction i ON i.id = o.interaction_id
    WHERE {_MEANINGFUL} AND i.occurred_on > %(year_ago)s AND i.occurred_on <= %(last)s
"""
_HELD = """
    FROM members_chapterterritory t
    JOIN members_chapter ch ON ch.id = t.chapter_id AND ch.starts_on <= %(last)s
        AND (ch.ends_on IS NULL OR ch.ends_on > %(last)s)
    JOIN legislation_chamber ca ON ca.jurisdiction_id = t.jurisdiction_id AND ca.code <> 'executive'
    JOIN legislation_seat s ON s.chamber_id = ca.id AND s.is_current
    JOIN legislation_tenure te ON te.seat_id = s.id AND (te.starts_on IS NULL OR te.starts_on <= %(last)s)
        AND (te.ends_on IS NULL OR te.ends_on > %(last)s OR te.end_is_expected)
    LEFT JOIN touched ON touched.official_id = te.official_id
"""
_HEADLINE = f"""
    SELECT count(*), count(CASE WHEN i.confidentiality = 'restricted' THEN 1 END),
        count(CASE WHEN (SELECT count(*) FROM interactions_credit cr WHERE cr.interaction_id = i.id) > 1 THEN 1 END)
    FROM interactions_interaction i WHERE {_MEANINGFUL} AND i.occurred_on >= %(first)s AND i.occurred_on < %(end)s
"""
_OFFICIALS = f"""
    SELECT count(DISTINCT o.official_id),
        count(DISTINCT CASE WHEN EXISTS (
            SELECT 1 FROM interactions_counterpart c WHERE c.interaction_id = i.id
            AND (c.official_id = o.official_id OR (c.official_id IS NULL AND c.level = 'official_personally'))
        ) THEN o.official_id END)
    FROM interactions_office o JOIN interactions_interaction i ON i.id = o.interaction_id
    WHERE {_MEANINGFUL} AND i.occurred_on >= %(first)s AND i.occurred_on < %(end)s AND o.seat_id IS NOT NULL
"""
_COVERAGE = f"""
    WITH touched AS ({_TOUCHED})
    SELECT count(DISTINCT te.id), count(DISTINCT CASE WHEN touched.official_id IS NOT NULL THEN te.id END) {_HELD}
"""
_ON_TIME = """
    SELECT count(*), count(CASE WHEN f.status = 'done' AND f.done_on <= f.due_on THEN 1 END),
        count(CASE WHEN i.confidentiality = 'restricted' THEN 1 END)
    FROM interactions_followup f LEFT JOIN interactions_interaction i ON i.id = f.interaction_id
    WHERE (i.id IS NULL OR i.deleted_at IS NULL) AND f.status <> 'cancelled'
        AND f.due_on >= %(first)s AND f.due_on < %(end)s
"""
_RECEIVED = """
    SELECT count(*), count(first_submitted_at) FROM reports_chapterreport
    WHERE period = %(period)s AND state <> 'excused'
"""
_BY_MONTH = f"""
    SELECT substr(CAST(i.occurred_on AS text), 1, 7), i.kind, count(*) FROM interactions_interaction i
    WHERE {_MEANINGFUL} AND i.occurred_on >= %(first)s AND i.occurred_on < %(end)s GROUP BY 1, 2 ORDER BY 1, 2
"""
_CHAPTERS = f"""
    WITH touched AS ({_TOUCHED}), found AS (
        SELECT cr.chapter_id, count(DISTINCT i.id) AS contacts, count(DISTINCT o.official_id) AS officials
        FROM interactions_interaction i JOIN interactions_credit cr ON cr.interaction_id = i.id
        LEFT JOIN interactions_office o ON o.interaction_id = i.id AND o.seat_id IS NOT NULL
        WHERE {_MEANINGFUL} AND i.occurred_on >= %(first)s AND i.occurred_on < %(end)s GROUP BY cr.chapter_id
    ), seats AS (
        SELECT t.chapter_id, count(*) AS held, count(touched.official_id) AS touched {_HELD} GROUP BY t.chapter_id
    )
    SELECT ch.name, COALESCE(found.contacts, 0), COALESCE(found.officials, 0), COALESCE(seats.touched, 0),
        COALESCE(seats.held, 0)
    FROM members_chapter ch LEFT JOIN found ON found.chapter_id = ch.id LEFT JOIN seats ON seats.chapter_id = ch.id
    WHERE ch.starts_on <= %(last)s AND (ch.ends_on IS NULL OR ch.ends_on > %(last)s) ORDER BY ch.name
"""
_FOLLOWUPS = _ON_TIME.replace("SELECT count(*)", "SELECT f.chapter_id, count(*)") + " GROUP BY f.chapter_id"
_LAST_CONTACT = f"""
    SELECT cr.chapter_id, max(i.occurred_on) FROM interactions_interaction i
    JOIN interactions_credit cr ON cr.interaction_id = i.id
    WHERE {_MEANINGFUL} AND i.occurred_on >= %(four_months_ago)s AND i.occurred_on <= %(today)s GROUP BY cr.chapter_id
"""
_OVERDUE = """
    SELECT f.chapter_id, count(*) FROM interactions_followup f
    LEFT JOIN interactions_interaction i ON i.id = f.interaction_id
    WHERE f.status = 'open' AND f.due_on < %(two_weeks_ago)s AND (i.id IS NULL OR i.deleted_at IS NULL)
    GROUP BY f.chapter_id
"""
_ROLES = "SELECT chapter_id, starts_on, ends_on FROM members_roleassignment WHERE role = 'chapter_advocate'"
_REPORTS = "SELECT * FROM reports_chapterreport WHERE period = %(period)s"
_BY_STATE = f"""
    WITH touched AS ({_TOUCHED})
    SELECT ca.jurisdiction_id, count(DISTINCT te.id),
        count(DISTINCT CASE WHEN touched.official_id IS NOT NULL THEN te.id END) {_HELD} GROUP BY ca.jurisdiction_id
"""
_SESSIONS = """
    SELECT t.chapter_id FROM members_chapterterritory t
    JOIN legislation_legislativesession se ON se.jurisdiction_id = t.jurisdiction_id
    WHERE se.starts_on <= %(today)s AND (se.ends_on IS NULL OR se.ends_on > %(today)s)
"""
_ISSUES = f"""
    SELECT a.issue_id, count(*), count(CASE WHEN a.confidentiality = 'restricted' THEN 1 END) FROM (
        SELECT t.issue_id, i.id, i.confidentiality FROM interactions_interaction i
        JOIN interactions_topic t ON t.interaction_id = i.id AND t.issue_id IS NOT NULL
        WHERE {_MEANINGFUL} AND i.occurred_on >= %(first)s AND i.occurred_on < %(end)s
        UNION
        SELECT ti.issue_id, i.id, i.confidentiality FROM interactions_interaction i
        JOIN interactions_topic t ON t.interaction_id = i.id JOIN positions_tracking tr ON tr.measure_id = t.measure_id
        JOIN positions_tracking_issues ti ON ti.tracking_id = tr.id
        WHERE {_MEANINGFUL} AND i.occurred_on >= %(first)s AND i.occurred_on < %(end)s
    ) a GROUP BY a.issue_id
"""
_TIER_ON = """(SELECT tc.tier FROM positions_tierchange tc WHERE tc.tracking_id = tr.id AND tc."on" <= {day}
    ORDER BY tc."on" DESC LIMIT 1)"""
_ISSUE_MEASURES = f"""
    SELECT ti.issue_id, count(DISTINCT tr.measure_id) FROM positions_tracking tr
    JOIN positions_tracking_issues ti ON ti.tracking_id = tr.id
    WHERE {_TIER_ON.format(day="%(last)s")} <= 3 GROUP BY ti.issue_id
"""
_TIER_1 = f"""
    SELECT count(DISTINCT tr.measure_id), count(DISTINCT CASE WHEN EXISTS (
        SELECT 1 FROM legislation_stageevent e WHERE e.measure_id = tr.measure_id
        AND e."on" >= %(first)s AND e."on" < %(end)s) THEN tr.measure_id END)
    FROM positions_tracking tr WHERE {_TIER_ON.format(day="%(last)s")} = 1
"""
_POLICY = f"""
    SELECT m.id, m.number, m.title_en, e.stage, e."on", p.position, o.contribution FROM legislation_stageevent e
    JOIN legislation_measure m ON m.id = e.measure_id
    LEFT JOIN positions_position p ON p.measure_id = m.id AND p.status = 'approved' AND p.approved_on < %(end)s
        AND (p.ends_on IS NULL OR p.ends_on > %(first)s)
    LEFT JOIN positions_outcome o ON o.measure_id = p.measure_id
        AND coalesce(o.chapter_id, 0) = coalesce(p.chapter_id, 0)
    WHERE e."on" >= %(first)s AND e."on" < %(end)s AND (p.id IS NOT NULL OR EXISTS (
        SELECT 1 FROM positions_tracking tr WHERE tr.measure_id = m.id AND {_TIER_ON.format(day="%(last)s")} <= 3
    ))
"""
_OUTCOMES = """
    SELECT p.position, e.stage, count(DISTINCT p.measure_id) FROM positions_position p
    JOIN legislation_stageevent e ON e.id = (
        SELECT x.id FROM legislation_stageevent x WHERE x.measure_id = p.measure_id AND x."on" < %(end)s
        ORDER BY x."on" DESC, x."order" DESC, x.id DESC LIMIT 1
    )
    WHERE p.status = 'approved' AND p.approved_on < %(end)s GROUP BY p.position, e.stage
"""
_PEOPLE = """
    SELECT r.person_id, max(CASE WHEN r.role = 'chapter_advocate' THEN 1 ELSE 0 END) FROM members_roleassignment r
    WHERE r.starts_on <= %(day)s AND (r.ends_on IS NULL OR r.ends_on > %(day)s) GROUP BY r.person_id
"""
_MET = f"""
    SELECT pa.person_id, max(CASE WHEN i.kind = 'hearing_testimony' THEN 1 ELSE 0 END),
        max(CASE WHEN i.confidentiality <> 'restricted' THEN 1 ELSE 0 END)
    FROM interactions_interaction i JOIN interactions_participant pa ON pa.interaction_id = i.id
    WHERE {_MEANINGFUL} AND i.occurred_on > %(day_year_ago)s AND i.occurred_on <= %(day)s
        AND pa.person_id IS NOT NULL GROUP BY pa.person_id
"""
_RELATIONSHIPS = """
    SELECT person_id, official_id, staffer_id, strength FROM interactions_relationshipscore
    WHERE said_on > %(day_year_ago)s AND said_on <= %(day)s ORDER BY said_on, id
"""
_LADDER = {"people": _PEOPLE, "met": _MET, "relationships": _RELATIONSHIPS}
_HEADLINES = {
    "headline": _HEADLINE, "officials": _OFFICIALS, "coverage": _COVERAGE, "on_time": _ON_TIME, "received": _RECEIVED,
    "tier_1": _TIER_1,
}  # fmt: skip
_TABLES = {
    "chapters": _CHAPTERS, "followups": _FOLLOWUPS, "last_contact": _LAST_CONTACT, "overdue": _OVERDUE,
    "roles": _ROLES, "reports": _REPORTS, "by_state": _BY_STATE, "sessions": _SESSIONS,
    "issues": _ISSUES, "issue_measures": _ISSUE_MEASURES, "policy": _POLICY, "outcomes": _OUTCOMES,
}  # fmt: skip


def by_hand(period: Month, today: date) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for month in (period, period.previous(), same_month_last_year(period)):
        for name, text in _HEADLINES.items():
            found[f"{name} {month}"] = _ask(text, _days(month, today))
    days = _days(period, today)
    found |= {name: _ask(text, days) for name, text in _TABLES.items()}
    for day in (days["last"], period.first - timedelta(days=1)):
        then = {"day": day, "day_year_ago": day - timedelta(days=365)}
        found |= {f"{name} {day}": _ask(text, then) for name, text in _LADDER.items()}
    found["by_month"] = _ask(_BY_MONTH, days | {"first": same_month_last_year(period).first})
    return found


def _days(month: Month, today: date) -> dict[str, Any]:
    last = month.end - timedelta(days=1)
    return {
        "period": str(month),
        "first": month.first,
        "end": month.end,
        "last": last,
        "year_ago": last - timedelta(days=365),
        "today": today,
        "two_weeks_ago": today - timedelta(days=14),
        "four_months_ago": today - timedelta(days=120),
    }


def _ask(text: str, days: dict[str, Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(text, {name: value for name, value in days.items() if f"%({name})s" in text})
        return list(cursor.fetchall())
