"""What a web server and the ``flask`` command load: ``wsgi:app``."""

import sys

from app import create_app
from app.config import ConfigurationRefused

try:
    app = create_app()
except ConfigurationRefused as refused:
    sys.exit(f"Talka cannot start. {refused}")
