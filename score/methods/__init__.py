"""Scoring methods: plain functions in Decimal, each with its source."""
