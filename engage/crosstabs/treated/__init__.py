"""Wards where something was done beside others: asked for, made by the worker, kept."""
