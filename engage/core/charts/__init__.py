"""Figures drawn as SVG: text in, text out, the same each time. Read by pages, so without numpy.

A chart is complete by itself: it has its own ground, its title and description, the figures in
words and marks that do not need colour, so that it reads inline, as a file, in print and on paper.
"""
