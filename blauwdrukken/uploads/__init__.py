"""Uploads are hostile until checked: kinds by content, looked into before anything is unpacked or drawn."""

from .inspection import InspectedFile, check, inspect
from .kinds import DOCUMENT_KINDS, IMAGE_KINDS, FileKind, RefusalReason

__all__ = ["DOCUMENT_KINDS", "IMAGE_KINDS", "FileKind", "InspectedFile", "RefusalReason", "check", "inspect"]
