"""The schedule of an Advocacy Day: who goes in which team, and which team meets which office when.

Plain values in and out; no table, no request, no words for people. `proposing.propose` asks for a proposal,
`conflicts.conflicts_of` checks any schedule, also one made by hand. CP-SAT is loaded by `solver` alone, which
runs in a process of its own: it is large, and a search that hangs can be ended.
"""
