"""Taking a survey to people: short links and QR codes for places, and what each brought."""
