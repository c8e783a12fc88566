"""A file that comes with a call."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UploadedFile:
    """One file of a multipart request: its name, its bytes and their media type."""

    name: str
    data: bytes
    mime_type: str = "application/octet-stream"
