"""Opening up to another organisation, a step at a time."""
