"""The scorer: an office's own assessment rules as data, its methods as code, every score explained."""
