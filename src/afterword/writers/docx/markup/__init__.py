"""WordprocessingML that python-docx has no interface for: each function returns one finished element."""
