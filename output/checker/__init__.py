"""The checker: a document against GB/T 9704-2012, clause by clause."""
