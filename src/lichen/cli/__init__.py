"""The command line: one module a stage, loaded when its command is called."""
