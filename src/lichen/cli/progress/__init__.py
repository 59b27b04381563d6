"""The pilot on the command line: what each side expects, how it went, and whether it may grow."""
