"""A second person agrees before a wave opens, a result is published, or full answers leave."""
