"""Opening up on the command line: the next step, and what was shown to whom."""
