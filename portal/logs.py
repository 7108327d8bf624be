"""Lines of the production log: JSON with the id of the request, of known fields alone: nothing that a person typed comes in by the way."""

import json
import logging
import re
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import extract_tb

request_id: ContextVar[str] = ContextVar("request_id", default="")
requests = logging.getLogger("portal.requests")
# The query of an address, an e-mail (other packages put them into their messages)
PERSONAL = r"\?\S+|[^\s'\"<>:/=]+@[^\s'\"<>/,;]+"
# What lets act whoever holds it: the key of an invitation, and that of no more letters. nginx leaves out the same.
KEY = r"\d+~[\w-]+|(?<=/letters/stop/)[^\s/]+"
HIDDEN = re.compile(f"{PERSONAL}|{KEY}")


def cleaned(text: str) -> str:
    return HIDDEN.sub("…", text)


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": moment, "level": record.levelname, "logger": record.name, "message": cleaned(record.getMessage())}
        line |= {"request": request_id.get()} | getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line["errors"] = [described(error) for error in chain(record.exc_info[1])]
        return json.dumps({name: value for name, value in line.items() if value not in ("", None)}, ensure_ascii=False)


def described(error: BaseException) -> dict:
    """The class and where it was raised. What an error says often quotes people: a row that is there already, a value that is no number."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    return {"class": f"{type(error).__module__}.{type(error).__qualname__}", "frames": frames}


def chain(error: BaseException | None) -> Iterator[BaseException]:
    seen = set()
    while error and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
