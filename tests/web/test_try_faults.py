import pytest, time
from tests.web.alliances.actions.test_membership_machine import begin, undone, found_by
from tests.web.alliances.actions.household_faults import FAULTS
pytestmark = pytest.mark.django_db
@pytest.mark.parametrize("name", FAULTS)
def test_f(begin, name, monkeypatch):
    for owner, attribute, fault in FAULTS[name]:
        monkeypatch.setattr(owner, attribute, fault)
    t=time.process_time()
    r = found_by(begin, 40)
    with open("/tmp/lichen/faults_found.txt","a") as f: f.write(f"{name}: {time.process_time()-t:.1f} {r}\n")
def test_none(begin):
    t=time.process_time()
    r = found_by(begin, 40)
    with open("/tmp/lichen/faults_found.txt","a") as f: f.write(f"NONE: {time.process_time()-t:.1f} {r}\n")
