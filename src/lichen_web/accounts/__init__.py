"""People, how they sign in, their organisations, and the circles these meet in."""
