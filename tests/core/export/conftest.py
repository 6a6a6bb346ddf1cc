"""The program that opens what we export."""

from office import libreoffice

__all__ = ["libreoffice"]
