"""Rows into frozen values and back, and nothing else."""
