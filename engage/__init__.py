"""Engage: a community safety partnership listens to its residents and acts on what it hears.

The story the packages tell::

    definition -> form -> draft -> response -> cleaned table -> weights -> estimates
               -> indicators -> suppressed table -> page, chart, file

Imports run one way: ``app, cli, worker`` -> the slices (``surveys``, ``signin``, ``fieldwork``,
``analysis``, ``downloads``, ``demo``) -> ``figures`` -> ``answering`` -> ``waves``, ``responses``,
``areas``, ``accounts``, ``sessions``, ``audit``, ``mail``, ``jobs`` -> ``web`` -> ``extensions``
-> ``config``, ``clock`` -> ``core``. Slices never import slices. ``core`` is pure: it knows no
framework, no database, no clock. This module imports nothing, or importing ``engage.core`` would
load Flask.
"""
