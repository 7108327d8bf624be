import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

# What is loaded by now stays for good, and a page makes thousands of objects that go with it: the collector need not walk all of them.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
