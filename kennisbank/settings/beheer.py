"""The back office, and what may be uploaded in it."""

from blauwdrukken.uploads.image import MAX_PIXELS
from blauwdrukken.uploads.kinds import DOCUMENT_KINDS, IMAGE_KINDS

from .environment import BASE_URL, SITE_NAME, env

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "blauwdrukken.beheer.form.rich_text.Editor"}}
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""  # no page of a tree has an address that could be meant
WAGTAIL_DATE_FORMAT, WAGTAIL_DATETIME_FORMAT = "%d-%m-%Y", "%d-%m-%Y %H:%M"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # each row of a blueprint has up to nine
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # passwords are set and reset at the addresses of the login
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Milliseconds after the last change. A save writes the whole text and its rows: at half a second, Wagtail's own
# choice, everybody who types would keep one process busy; three seconds is what a closed tab may at most cost.
WAGTAIL_AUTOSAVE_INTERVAL = 3000
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 1500
WAGTAILDOCS_DOCUMENT_MODEL = "blauwdrukken.Bestand"
WAGTAILIMAGES_IMAGE_MODEL = "blauwdrukken.Afbeelding"
WAGTAILDOCS_EXTENSIONS = [extension for kind in DOCUMENT_KINDS for extension in kind.extensions]
WAGTAILIMAGES_EXTENSIONS = [extension for kind in IMAGE_KINDS for extension in kind.extensions]
MAX_UPLOAD_MB = env.int("MAX_UPLOAD_MB", default=25)
WAGTAILDOCS_MAX_UPLOAD_SIZE = WAGTAILIMAGES_MAX_UPLOAD_SIZE = MAX_UPLOAD_MB * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = MAX_PIXELS
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
