"""Organisations that are no members: searching among them, what is noted of them, and what they ask for."""
