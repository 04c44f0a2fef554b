"""Schema changes of the registry, one module each, from the first version on."""
