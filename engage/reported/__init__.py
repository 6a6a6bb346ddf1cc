"""Figures of reports, of which only suppressed tables are kept."""
