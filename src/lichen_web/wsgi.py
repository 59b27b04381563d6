"""What the web server loads."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from lichen_web.door import Door

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lichen_web.settings")

application = Door(get_wsgi_application())
