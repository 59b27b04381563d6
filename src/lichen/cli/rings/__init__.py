"""Rings on the command line: the best set of them over a community."""
