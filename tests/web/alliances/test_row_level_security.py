from __future__ import annotations
from django.db import connection
from lichen_web.alliances.models import Vulnerability

def test_x(any_database):
    assert Vulnerability.objects.count() == 0
    print(connection.vendor)
import pytest
@pytest.mark.django_db
def test_y():
    assert Vulnerability.objects.count() == 0
