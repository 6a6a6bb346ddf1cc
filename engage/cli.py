"""The commands, one group a room, each loaded only when it is called.

A command of the analyst's needs pandas; the web process must not carry it.
"""

from importlib import import_module

import click
from flask import Flask

COMMANDS = {
    "analyse": ("engage.microdata.commands:analyse", "Analyse coded microdata from elsewhere."),
    "audit": ("engage.audit.commands:audit", "Verify the audit log; print its head."),
    "areas": ("engage.areas.commands:areas", "Import wards, postcodes and places."),
    "backup": ("engage.backup.commands:backup", "Write a backup of everything stored."),
    "check-definitions": ("engage.waves.commands:check_definitions", "Check questionnaires."),
    "demo": ("engage.demo.commands:demo", "Load the demonstration borough."),
    "downloads": ("engage.downloads.commands:downloads", "Write the bundle of a wave."),
    "mail": ("engage.mail.commands:mail", "Try the mail settings."),
    "outbox": ("engage.outbox.commands:outbox", "Watch the mail that leaves; take bounces."),
    "outside": ("engage.outside.commands:outside", "Import figures that others publish."),
    "pledges": ("engage.pledges.commands:pledges", "List pledges; check their counts."),
    "population": ("engage.areas.commands:population", "Import residents by ward, sex and age."),
    "reports": ("engage.reports.commands:reports", "Keys and retention of sealed reports."),
    "responses": ("engage.responses.commands:responses", "Check stored responses."),
    "restore": ("engage.backup.commands:restore", "Bring a backup back."),
    "staff": ("engage.signin.commands:staff", "Make and manage staff accounts."),
    "targets": ("engage.figures.commands:targets", "Load the council's targets; list them."),
    "translations": (
        "engage.waves.translations_commands:translations",
        "Questionnaires in other languages.",
    ),
    "waves": ("engage.waves.commands:waves", "Publish definitions; list waves."),
    "work": ("engage.worker:work", "Run the worker."),
}


class LazyCommand(click.Command):
    """Stands for a command until it is called, so that listing commands loads none of them."""

    def __init__(self, name: str, target: str, summary: str) -> None:
        """Remember where the command lives; `target` is `module:attribute`."""
        super().__init__(name, help=summary, add_help_option=False)
        self.target = target

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: object,
    ) -> click.Context:
        """Load the real command and let it read its arguments."""
        module, attribute = self.target.split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command.make_context(info_name, args, parent, **extra)


def register_commands(app: Flask) -> None:
    """Hang every command on `flask --app run`."""
    for name, (target, summary) in COMMANDS.items():
        app.cli.add_command(LazyCommand(name, target, summary))
