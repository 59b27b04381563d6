"""The acts, one file a stage, one function an intention. Only these write."""
