"""Whether the exchange is fair, without a common currency: as each partner sees it."""
