"""The vulnerability clause: what lets a partner ask for other terms, and what happens when."""
