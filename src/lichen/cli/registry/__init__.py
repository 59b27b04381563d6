"""Public registers on the command line: reading them, and what is kept of them in a store."""
