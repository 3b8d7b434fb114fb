"""Run a module as if it were another time: `python -m tests.house.at 2027-02-11T15:00+00:00 celery --app …`."""

import runpy
import sys
from datetime import datetime

import time_machine

if __name__ == "__main__":
    moment, module, *arguments = sys.argv[1:]
    sys.argv = [module, *arguments]
    # Children inherit it.
    time_machine.travel(datetime.fromisoformat(moment), tick=True).start()
    runpy.run_module(module, run_name="__main__")
