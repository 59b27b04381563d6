"""The command of the host, ``lichen-web``: one file a command."""
