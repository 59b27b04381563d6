"""The face for people: views, plain forms, templates."""
