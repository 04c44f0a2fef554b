"""Progress: what was done, by whom, with what proof; append-only."""
