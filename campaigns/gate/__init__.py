"""Who comes through the public form: limits, a trap for robots, a puzzle for browsers, and a verdict with its reasons.

No outside service is asked, and no cookie is set. `verdict.judge` is the one door; `fields` is what the form carries.
"""
