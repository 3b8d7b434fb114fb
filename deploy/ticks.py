"""Health check of the scheduler container: has the clock written down its schedule lately?"""

import sys
import time
from pathlib import Path

# Celery's beat saves it every three minutes.
LATEST = 10 * 60
ages = [time.time() - file.stat().st_mtime for file in Path(sys.argv[1]).parent.glob("schedule*")]
sys.exit(not ages or min(ages) > LATEST)
