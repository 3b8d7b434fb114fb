"""The furnished demo: a fictional society, its chapters, people and officials, and a year of contacts.

`furnish.furnish(now=…)` builds it from the same numbers each time; `clean.remove()` takes it away.
Jurisdictions carry their real names; every person, measure and word said is invented.
"""
