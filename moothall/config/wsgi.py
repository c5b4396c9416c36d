"""What granian serves, in each web process."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.config.settings")
application = get_wsgi_application()

from .serving import read_ahead, work_beside  # noqa: E402  # the apps are ready only now

work_beside()
read_ahead()

# All that was imported stays as long as the process: looking through it again and again costs a tenth of each page.
gc.collect()
gc.freeze()
