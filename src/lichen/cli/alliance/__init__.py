"""The alliance's file on the command line: begin one, check it, lock it with a passphrase."""
