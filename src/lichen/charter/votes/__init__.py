"""Deciding together: the rule, the weights, the stances, and the outcome with its arithmetic."""
