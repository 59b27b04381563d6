"""The console of whoever runs this host: what waits, in counts and lists; never a confession."""
