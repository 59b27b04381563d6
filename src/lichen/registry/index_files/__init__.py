"""The index on disk: a base that never changes, a log of what has changed since, and the search through both."""
