"""Who could give what to whom: every gift that is possible, and the fairest choice among them."""
