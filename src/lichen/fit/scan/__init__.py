"""Searching millions: columns that bound, loops that are compiled, scores that are exact."""
