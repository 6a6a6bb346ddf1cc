"""The analyst's page of a wave."""
