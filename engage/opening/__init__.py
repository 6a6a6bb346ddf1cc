"""Before a wave opens: the gates, a second person, and a look at the questionnaire."""
