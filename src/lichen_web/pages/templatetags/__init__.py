"""What the templates can say by themselves."""
