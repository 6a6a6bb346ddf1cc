"""The pages on which staff look after pledges and who signed them."""
