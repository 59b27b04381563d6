"""The exchange on the command line: who could give what, what was given, and how fair it is."""
