"""The names under which the mail of campaigns is known to the outbox and to the queue of long work."""

APPEAL = "campaigns.appeal"
TEST = "campaigns.test"
NOTICE = "campaigns.notice"
WRITE = "campaigns.mailing"
