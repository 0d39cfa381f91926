"""The floor: what a bare Flask does under the same server, with the same database driver."""

import os
import secrets

from flask import Flask, Response
from sqlalchemy import create_engine, text

app = Flask("floor")
engine = create_engine(os.environ["DATABASE_URL"], pool_size=8, max_overflow=8)

SELECT = text("SELECT id, display_name, language FROM account WHERE id = :id")
INSERT = text("INSERT INTO bench_floor (word, n) VALUES (:word, :n)")


@app.get("/hello")
def hello() -> Response:
    """No database at all."""
    return Response("hello", mimetype="text/plain")


@app.get("/select")
def select_one() -> Response:
    """One row by its key."""
    with engine.connect() as connection:
        row = connection.execute(SELECT, {"id": 1}).one()
    return Response(str(row[1]), mimetype="text/plain")


@app.post("/insert")
def insert_one() -> Response:
    """One row written and committed."""
    with engine.begin() as connection:
        connection.execute(INSERT, {"word": secrets.token_hex(8), "n": 1})
    return Response("kept", mimetype="text/plain")
