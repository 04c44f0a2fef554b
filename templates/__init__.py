"""Wording (Jinja2) and layout parameters that an office may change."""
