"""What the worker does, one file a job."""
