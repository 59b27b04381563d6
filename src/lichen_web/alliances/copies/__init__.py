"""Copies of a whole database: kept in a sealed file, or carried into another database of either kind."""
