"""The same examples on every run, and no time limit: a slow machine is no bug."""

import pytest
from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix() -> None:
    """Every process has its database in its own memory: there are no names to keep apart."""
