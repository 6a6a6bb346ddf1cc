"""Backups: the whole database in one checked file, taken while people answer, put back whole.

A backup is a zip with two members: ``manifest.json`` (when, which version, which migration, how
many rows in each table, the hash of the other member) and the database itself. It holds no key and
no setting: those are kept apart, so that a stolen backup opens no session. Which rows a
backup leaves out, and a restore does not bring back, is in `engage.backup.forgotten`.
"""
