"""What was promised, delivered and owed, and the actions by which a ledger grows."""
