"""Namespaces of an Office Open XML package."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
#: Declarations that a root element of ours carries.
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{RELATIONS}"'
