"""A version of a questionnaire in the field: published definitions, dates, states."""
