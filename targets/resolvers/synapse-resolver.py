"""Puts Synapse's state resolution behind the resolver protocol of docs/fuzzing.md.

Runs where Synapse is installed. Nothing is decided here: the algorithms are synapse.state.v1 and v2 as they are, and the auth
difference comes from Synapse's own query over its chain cover index, in an SQLite database in memory. There every event is a
chain of its own, which is a cover like any other.
"""

import asyncio
import json
import logging
import signal
import sqlite3
import sys

import synapse.event_auth  # first: synapse.state and it import each other
from synapse.api.room_versions import KNOWN_ROOM_VERSIONS, StateResolutionVersions
from synapse.events import make_event_from_dict
from synapse.state import v1, v2
from synapse.storage.databases.main.event_federation import EventFederationWorkerStore
from synapse.storage.engines import Sqlite3Engine

SCHEMA = """
CREATE TABLE event_auth_chains (event_id TEXT PRIMARY KEY, chain_id BIGINT NOT NULL, sequence_number BIGINT NOT NULL);
CREATE TABLE event_auth_chain_links (
  origin_chain_id BIGINT NOT NULL, origin_sequence_number BIGINT NOT NULL,
  target_chain_id BIGINT NOT NULL, target_sequence_number BIGINT NOT NULL
);
CREATE INDEX by_origin ON event_auth_chain_links (origin_chain_id, target_chain_id);
CREATE INDEX by_place ON event_auth_chains (chain_id, sequence_number);
"""


class Transaction:
    """As much of Synapse's transaction as its queries use."""

    def __init__(self, cursor, engine):
        self.cursor = cursor
        self.database_engine = engine

    def execute(self, sql, args=()):
        self.cursor.execute(sql, args)

    def __iter__(self):
        return iter(self.cursor)


class Store:
    """One room's events, as the algorithms ask for them."""

    def __init__(self, database, events):
        self.events = events
        self.queries = object.__new__(EventFederationWorkerStore)
        self.queries.database_engine = Sqlite3Engine({"name": "sqlite3", "args": {"database": ":memory:"}})
        self.transaction = Transaction(database.cursor(), self.queries.database_engine)
        chains = {event_id: chain for chain, event_id in enumerate(events, start=1)}
        cursor = database.cursor()
        cursor.execute("DELETE FROM event_auth_chains")
        cursor.execute("DELETE FROM event_auth_chain_links")
        cursor.executemany(
            "INSERT INTO event_auth_chains VALUES (?, ?, 1)", [(event_id, chain) for event_id, chain in chains.items()]
        )
        cursor.executemany(
            "INSERT INTO event_auth_chain_links VALUES (?, 1, ?, 1)",
            [
                (chains[event_id], chains[auth_id])
                for event_id, event in events.items()
                for auth_id in set(event.auth_event_ids())
                if auth_id in chains
            ],
        )

    async def get_events(self, event_ids, allow_rejected=False):
        found = {event_id: self.events[event_id] for event_id in event_ids if event_id in self.events}
        return {key: event for key, event in found.items() if allow_rejected or event.rejected_reason is None}

    async def get_auth_chain_difference(self, room_id, state_sets, conflicted, additional):
        return self.queries._get_auth_chain_difference_using_cover_index_txn(
            self.transaction, room_id, state_sets, conflicted, additional
        )


class Clock:
    """Synapse pauses now and then for others; there are none."""

    async def sleep(self, duration):
        pass


async def resolve(question, database):
    version = KNOWN_ROOM_VERSIONS[question["room_version"]]
    events = {}
    for entry in question["events"]:
        event = make_event_from_dict(
            entry["pdu"], version, rejected_reason="rejected" if entry.get("rejected") else None
        )
        if event.event_id != entry["event_id"]:
            raise ValueError(f"{entry['event_id']} is {event.event_id} to Synapse")
        events[event.event_id] = event
    states = [
        {(events[event_id].type, events[event_id].state_key): event_id for event_id in ids}
        for ids in question["state_sets"]
    ]
    store = Store(database, events)
    if version.state_res == StateResolutionVersions.V1:
        resolved = await v1.resolve_events_with_store(question["room_id"], version, states, None, store.get_events)
    else:
        resolved = await v2.resolve_events_with_store(Clock(), question["room_id"], version, states, None, store)
    return sorted(resolved.values())


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    logging.disable(logging.CRITICAL)
    database = sqlite3.connect(":memory:")
    database.executescript(SCHEMA)
    for line in sys.stdin:
        question = json.loads(line)
        answer = {"id": question["id"]}
        try:
            answer["state"] = asyncio.run(resolve(question, database))
        except Exception as error:
            answer["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(answer), flush=True)


main()
