"""The only door to rows: who may see and do what. What leaves it is frozen."""
