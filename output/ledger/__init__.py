"""Ledgers: the 督查台账 as a spreadsheet that goes out to the units and comes back filled in."""
