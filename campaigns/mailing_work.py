"""The names under which the mail of campaigns is known to the outbox and to the queue of long work."""

APPEAL = "campaigns.appeal"
TEST = "campaigns.test"
NOTICE = "campaigns.notice"
WRITE = "campaigns.mailing"
# What may keep all of it from leaving, besides the campaign's own pause (advocacy/outbox/lanes.py).
LANES = ("stream:campaign", "identity:campaigns")
