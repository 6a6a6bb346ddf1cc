"""The analyst's bench: coded microdata from elsewhere, analysed from the command line."""
