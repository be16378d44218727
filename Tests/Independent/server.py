"""An independent server of GET /v1/api_key/, written with FastAPI from the API's description alone.

It shares no line with the dashboard or the reference server, so that both can be held against it.
Keys follow from the seed alone. Prints one line of JSON, {"url": ..., "token": ...}, when it listens,
and ends with its standard input, SIGTERM or SIGINT.
"""

import argparse
import json
import os
import random
import signal
import socket
import sys
import threading
import uuid
from datetime import datetime, timedelta, timezone
from typing import Annotated, Literal, Optional

import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

TOKEN = "independent-test-token"
LIMITED_TOKEN = "independent-token-without-permission"
PERMISSIONS = [
    "calls.view", "calls.create", "agents.view", "agents.update", "phones.view", "phones.import",
    "billing.view", "webhooks.create", "api_keys.view", "stats.view",
]


class Key(BaseModel):
    id: uuid.UUID
    name: str
    created_date: datetime
    last_four_digits: str
    creator_id: uuid.UUID
    restricted: bool
    permissions: Optional[list[str]]


class Page(BaseModel):
    data: list[Key]
    has_more: bool
    first_id: Optional[uuid.UUID]
    last_id: Optional[uuid.UUID]


class PageWithTotals(Page):
    current_page: Optional[int]
    total_pages: Optional[int]


def generate(count: int, seed: int) -> list[Key]:
    """`count` keys, oldest first; every tenth shares its date with the one before."""
    source = random.Random(seed)
    creators = [uuid.UUID(int=source.getrandbits(128), version=4) for _ in range(7)]
    start = datetime(2023, 1, 1, tzinfo=timezone.utc)
    keys: list[Key] = []
    moment = start
    for index in range(count):
        if index % 10 != 9:
            moment += timedelta(seconds=source.randrange(1, 30_000))
        restricted = source.random() < 0.75
        chosen = sorted(source.sample(PERMISSIONS, source.randrange(0, 5)))
        keys.append(
            Key(
                id=uuid.UUID(int=source.getrandbits(128), version=4),
                name=source.choice(["alpha", "beta", "Zoë", "日本", "line\nbreak"]) + f" {index}",
                created_date=moment,
                last_four_digits=f"{source.randrange(10_000):04d}",
                creator_id=source.choice(creators),
                restricted=restricted,
                permissions=chosen if restricted else source.choice([None, []]),
            )
        )
    keys.sort(key=lambda key: (key.created_date, key.id.bytes))
    return keys


def build(options: argparse.Namespace) -> FastAPI:
    app = FastAPI(title="API keys, independently")
    ascending = generate(options.keys, options.seed)
    orders = {"asc": ascending, "desc": list(reversed(ascending))}
    places = {name: {key.id: place for place, key in enumerate(keys)} for name, keys in orders.items()}
    bearer = HTTPBearer()

    def authorized(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> None:
        if credentials.credentials == LIMITED_TOKEN:
            raise HTTPException(403, "Missing permission api_keys.view")
        if credentials.credentials != options.token:
            raise HTTPException(401, "Not authenticated", headers={"WWW-Authenticate": "Bearer"})

    def place_of(order: str, cursor: uuid.UUID) -> int:
        place = places[order].get(cursor)
        if place is None:
            raise HTTPException(404, "There is no such key")
        return place

    def listed(
        limit: Annotated[int, Query(ge=1, le=1000)] = 50,
        order: Literal["asc", "desc"] = "desc",
        after: Annotated[Optional[uuid.UUID], Query(alias=options.after_name)] = None,
        before: Annotated[Optional[uuid.UUID], Query(alias=options.before_name)] = None,
        page: Annotated[Optional[int], Query(ge=1)] = None,
    ):
        keys = orders[order]
        first, last = 0, len(keys)
        current = None
        if options.ignore_cursor:
            after = before = page = None
        if after is not None:
            first = place_of(order, after) + 1
        if before is not None:
            last = place_of(order, before)
        if after is None and before is None and options.with_totals:
            current = page or 1
            first = min((current - 1) * limit, last)
        if before is not None and after is None:
            start, end = max(0, last - limit), last
            more = start > 0
        else:
            start, end = first, min(first + limit, last)
            more = end < last
        chosen = keys[start:end]
        response = {
            "data": chosen,
            "has_more": more,
            "first_id": chosen[0].id if chosen else None,
            "last_id": chosen[-1].id if chosen else None,
        }
        if options.with_totals:
            response["current_page"] = current
            response["total_pages"] = -(-len(keys) // limit)
        return response

    app.add_api_route(
        "/v1/api_key/",
        listed,
        methods=["GET"],
        dependencies=[Depends(authorized)],
        response_model=PageWithTotals if options.with_totals else Page,
    )
    return app


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 for any free port")
    parser.add_argument("--keys", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--after-name", default="after", help="the name of the cursor parameter after")
    parser.add_argument("--before-name", default="before", help="the name of the cursor parameter before")
    parser.add_argument("--with-totals", action="store_true", help="report current_page and total_pages, read page")
    parser.add_argument("--ignore-cursor", action="store_true", help="return the first page whatever the cursor is")
    parser.add_argument("--dump", action="store_true", help="print the keys, newest first, as JSON lines, and end")
    options = parser.parse_args()
    if options.dump:
        for key in reversed(generate(options.keys, options.seed)):
            print(key.model_dump_json())
        return

    app = build(options)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", options.port))
    listener.listen(128)

    def end_with_standard_input() -> None:
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=end_with_standard_input, daemon=True).start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    print(json.dumps({"url": url, "token": options.token}), flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    sys.exit(main())
