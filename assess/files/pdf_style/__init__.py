"""How the PDF documents look and are set: fonts, line breaking, pages, tables, the frame around each page."""
