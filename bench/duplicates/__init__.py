"""Precision, recall and cost of near-duplicates."""
