"""What keeps the register of certificates honest: each line holds the hash of the one before it.

Who takes a line out, changes one, or changes what a certificate says would have to write all later lines anew.
`manage.py check_leaders` walks them.
"""

import hashlib
import json
from datetime import UTC, datetime


def digest_of(snapshot: dict, facts: dict) -> str:
    """Of everything that a certificate says."""
    said = json.dumps({"facts": facts, "snapshot": snapshot}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def hash_of(previous: str, number: int, kind: str, code: str, digest: str, at: datetime) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256("|".join((previous, str(number), kind, code, digest, moment)).encode()).hexdigest()
