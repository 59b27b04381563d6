"""The same examples on every run, and no time limit: a slow machine is no bug."""

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
