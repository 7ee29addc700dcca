"""Assessment of the environmental work of streets and townships."""

import os

__version__ = "0.2.0"

os.environ["OPENPYXL_LXML"] = "False"
# pyHanko brings lxml along; openpyxl would read with that in place of defusedxml, which refuses hostile XML.
