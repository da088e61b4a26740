from django.test.utils import CaptureQueriesContext
from django.db import connection
def test_q(visitor, db):
    for p in ["/","/topics/","/topics/sleep/","/guides/","/guides/exam-stress/","/guides/sleep/","/partners/","/partners/nightlight-london/","/urgent-support/","/for/","/for/students/","/anonymity/","/search/?q=sleep","/nope/"]:
        visitor.get(p)
        with CaptureQueriesContext(connection) as c:
            r=visitor.get(p)
        print(p, r.status_code, len(c))
        if p in ("/guides/exam-stress/",):
            for q in c: print("    ",q["sql"][:230])
    assert 0
