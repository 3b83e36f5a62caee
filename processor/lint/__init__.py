"""Runs rules over notes: findings, suppressions, the baseline."""
