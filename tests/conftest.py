"""Settings of all tests: how many examples Hypothesis draws, and when the long runs run.

``HYPOTHESIS_PROFILE=release`` draws 10,000 examples instead of 60; tests marked ``release`` run only with
``DUBAN_RELEASE=1`` (``make release`` sets both).
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "default",
    max_examples=60,
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("release", settings.get_profile("default"), max_examples=10_000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the long runs, and say how to have them."""
    if os.environ.get("DUBAN_RELEASE") == "1":
        return
    skip = pytest.mark.skip(reason="a long run of a release: make release (DUBAN_RELEASE=1)")
    for item in items:
        if item.get_closest_marker("release") is not None:
            item.add_marker(skip)
