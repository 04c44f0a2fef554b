"""Alembic's entry: runs the changes on the connection that :mod:`duban.model.registry.opening` hands over.

The caller holds the transaction; a change that fails leaves the registry as it was.
"""

from alembic import context
from duban.model.registry.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
