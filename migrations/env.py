"""How a migration reaches the database: the application's own engine, one transaction."""

from alembic import context

from app.foundation.db import Base, db


def migrate() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            user_module_prefix=None,
        )
        with context.begin_transaction():
            context.run_migrations()


migrate()
