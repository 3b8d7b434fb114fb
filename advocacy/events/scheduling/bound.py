"""What no schedule can exceed: the same day with less asked of it, so that it can be solved to the end.

People are not tied to teams here: a team is only one more meeting that can be held at the same time. A person
is at one meeting at a time, and a meeting has a constituent where one goes there. Whatever a real schedule
does, this one could do; so the most it reaches is a bound for every schedule.
"""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from advocacy.events.scheduling.ground import Ground
from advocacy.events.scheduling.neighbourhood import Effort
from advocacy.events.scheduling.telling import Bound


def bound(ground: Ground, effort: Effort) -> Bound:
    offices = [one for one in ground.offices if ground.starts[one]] if ground.people and ground.teams else []
    model = cp_model.CpModel()
    placed, covered, meetings = [], [], []
    visits: dict[str, list[cp_model.IntervalVar]] = {one: [] for one in ground.people}
    for office in offices:
        minutes = ground.offices[office].minutes
        start = model.new_int_var_from_domain(cp_model.Domain.from_values(ground.starts[office]), "")
        held = model.new_bool_var("")
        placed.append(held)
        meetings.append(model.new_optional_fixed_size_interval_var(start, minutes, held, ""))
        met = []
        for person in ground.constituents[office]:
            goes = model.new_bool_var("")
            met.append(goes)
            model.add_implication(goes, held)
            fit = [at for at in ground.starts[office] if ground.is_there(person, office, at)]
            within = cp_model.Domain.from_values(fit)
            model.add_linear_expression_in_domain(start, within).only_enforce_if(goes)
            visits[person].append(model.new_optional_fixed_size_interval_var(start, minutes, goes, ""))
        if met:
            model.add_at_most_one(met)
            covered.append(sum(met))
    model.add_cumulative(meetings, [1] * len(meetings), min(len(ground.teams), len(ground.people)))
    for one in visits.values():
        model.add_no_overlap(one)
    return Bound(_most(model, placed, effort), _most(model, covered, effort))


def _most(model: cp_model.CpModel, counted: Sequence[cp_model.LinearExprT], effort: Effort) -> int:
    if not counted:
        return 0
    model.maximize(sum(counted))
    solver = cp_model.CpSolver()
    solver.parameters.max_deterministic_time = effort.work
    solver.parameters.max_time_in_seconds = effort.seconds
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = effort.seed
    solver.solve(model)
    return min(len(counted), int(solver.best_objective_bound + 1e-6))
