"""What granian serves, in each web process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.config.settings")
application = get_wsgi_application()

from .serving import work_beside  # noqa: E402  # the apps are ready only now

work_beside()
