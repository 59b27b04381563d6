"""Weights from risk: the weighted vote whose power, not whose weights, is nearest to each partner's share of risk."""
