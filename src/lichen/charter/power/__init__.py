"""Voting power: what say each player of a voting rule really has, however the weights look."""
