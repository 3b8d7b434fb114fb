"""What the clock starts, and how often (in seconds, or by the hour of UTC). Each of it may be late, or come twice."""

from celery.schedules import crontab

SCHEDULE = {
    "sweep jobs nobody picked up": {"task": "advocacy.jobs.tasks.sweep", "schedule": 60.0},
    "fetch the feeds whose turn has come": {
        "task": "legislation.tasks.start_due_syncs",
        "schedule": 300.0,
    },
    "close what the public record shows as done": {
        "task": "advocacy.interactions.tasks.settle_by_the_record",
        "schedule": 300.0,
    },
    "look through the saved searches that alert": {
        "task": "legislation.tasks.look_through_searches",
        "schedule": 300.0,
    },
    "count as history what was dated ahead": {
        "task": "legislation.tasks.note_days_that_came",
        "schedule": crontab(minute=20),
    },
    "open, close and remind of campaigns": {"task": "campaigns.tasks.keep_campaigns", "schedule": 60.0},
    "follow who holds office in live campaigns": {
        "task": "campaigns.tasks.renew_targets",
        "schedule": crontab(minute=35),
    },
    "take over what the mail server said about letters": {
        "task": "campaigns.tasks.settle_letters",
        "schedule": 60.0,
    },
    "remind people of what is due": {"task": "campaigns.tasks.plan_reminders", "schedule": 60.0},
    "ask for consent that ends soon": {
        "task": "campaigns.tasks.ask_for_renewals",
        "schedule": crontab(hour=15, minute=10),
    },
    "tell people what changed on what they follow": {
        "task": "advocacy.positions.tasks.plan_alerts",
        "schedule": 30.0,
    },
    "hand over mail whose bell nobody heard": {"task": "advocacy.outbox.tasks.sweep", "schedule": 30.0},
    "tell webhooks what happened": {"task": "advocacy.api.tasks.deliver", "schedule": 60.0},
    "forget old events and kept answers of the API": {
        "task": "advocacy.api.tasks.forget",
        "schedule": crontab(hour=7, minute=45),
    },
    "read what mail servers report": {"task": "advocacy.outbox.tasks.read_reports", "schedule": 300.0},
    "forget old texts and tries of mail": {
        "task": "advocacy.outbox.tasks.forget",
        "schedule": crontab(hour=7, minute=30),
    },
    "open the months that chapters report on": {
        "task": "advocacy.reports.tasks.open_reports",
        "schedule": 300.0,
    },
    "ask supporters whether an office answered": {
        "task": "campaigns.tasks.ask_for_answers",
        "schedule": crontab(hour=16, minute=20),
    },
    "forget letters whose time is over": {
        "task": "campaigns.tasks.forget_letters",
        "schedule": crontab(hour=7, minute=50),
    },
    "forget puzzles that nobody can answer any more": {
        "task": "campaigns.tasks.forget_puzzles",
        "schedule": crontab(minute=40),
    },
    "empty old mail from the mailbox": {
        "task": "advocacy.outbox.tasks.purge_kept_messages",
        "schedule": crontab(hour=7, minute=0),
    },
}
