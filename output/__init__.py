"""Official documents made from the registry."""
