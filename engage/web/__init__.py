"""What every page shares: access rules, headers, errors, and a definition turned into forms."""
