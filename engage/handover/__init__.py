"""Handing a report over: minimised to the wishes, or by an override of two people."""
