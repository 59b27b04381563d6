"""What organisations confess and do together: tables, keys, events, jobs, and the acts that change them."""
