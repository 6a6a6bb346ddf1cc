"""Reports as caseworkers see them: inbox, report, notes, clocks, closing."""
