"""The changes in order. A change that has been released is never edited."""
