import time, cProfile, pstats
from tests.members.test_files import *
from django.db import connection
from django.test.utils import CaptureQueriesContext
def test_xx(cast):
    browser = browser_of(cast.jordan)
    rows = HEADINGS + "".join(f"p{n}@example.org,Person {n},member,gulf-prairie,,,2027-01-01,,,\n" for n in range(100))
    p=cProfile.Profile(); p.enable()
    with CaptureQueriesContext(connection) as c:
        a = upload(browser, ROLES, rows)
    p.disable(); 
    with open("/tmp/people/prof.txt","w") as f:
        print("Q", len(c), file=f)
        for q in c.captured_queries[-60:-10]: print("SQL", q["time"], q["sql"][:140],file=f)
        pstats.Stats(p,stream=f).sort_stats("cumtime").print_stats(60)
    assert 0
