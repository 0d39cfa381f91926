"""``flask permissions``: who may do what, as the code says it."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from app.foundation.language import speaking
from app.foundation.permissions import PERMISSIONS, Permission

APP = Path(__file__).parent.parent


@click.command("permissions")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def command(as_json: bool) -> None:
    """Print every permission: its roles, its conditions, and the sentence that refuses."""
    for room in sorted(path.parent.name for path in APP.glob("*/permissions.py")):
        if room != "foundation":
            import_module(f"app.{room}.permissions")
    with speaking("en"):
        matrix = [_row(PERMISSIONS[name]) for name in sorted(PERMISSIONS)]
    if as_json:
        click.echo(json.dumps(matrix, indent=2, ensure_ascii=False))
        return
    for row in matrix:
        click.echo(row["permission"])
        click.echo(f"  may:       {', '.join(row['roles'])}")
        for condition in row["conditions"]:
            click.echo(f"  provided:  else “{condition}”")
        click.echo(f"  otherwise: “{row['otherwise']}”")


def _row(permission: Permission) -> dict[str, Any]:
    return {
        "permission": permission.name,
        "roles": [role.name for role in permission.granted_to] or ["nobody but the system"],
        "conditions": [str(condition.otherwise) for condition in permission.provided],
        "otherwise": str(permission.otherwise),
    }
