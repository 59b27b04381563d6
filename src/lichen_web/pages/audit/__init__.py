"""The audit: what an organisation lacks and what it can give, said by itself, sealed, and read by its own people."""
