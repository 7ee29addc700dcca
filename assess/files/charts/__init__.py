"""Charts as plain drawings: one drawing serves the PDF documents and, as SVG, the pages of the service."""
