"""The web house of Lichen: people, circles, the host, and the pages on which organisations ally."""
