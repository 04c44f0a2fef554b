"""The supervision ledger (督查台账) as a spreadsheet, out and back in."""
