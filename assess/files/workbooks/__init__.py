"""Excel workbooks: looked at before anything reads them, read cell by cell, and made for people to fill in."""
