"""The first day of a month is an ordinal in French: 1er mars, 2 mars (advocacy/kernel/french_days.py)."""

DATE_FORMAT = "jS F Y"
DATETIME_FORMAT = "jS F Y H:i"
MONTH_DAY_FORMAT = "jS F"
