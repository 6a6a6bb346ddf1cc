"""One PostgreSQL database for many tests, emptied between them: making one takes far longer.

What a test leaves behind is taken away, connections and locks included. A database that cannot be
emptied, or whose schema a test left at another step, is made anew.
"""

import itertools

import psycopg

TEMPLATE = "template_engage"
EMPTY = """
do $$
declare
  name text;
  filled boolean;
begin
  set local session_replication_role = replica;  -- rows go in any order
  for name in
    select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'
  loop
    execute format('select exists (select from %I)', name) into filled;
    if filled then execute format('delete from %I', name); end if;
  end loop;
  for name in
    select sequencename from pg_sequences where schemaname = 'public' and last_value is not null
  loop
    execute format('alter sequence %I restart', name);
  end loop;
end $$
"""
SHAPE = """
select string_agg(version_num, ',') from alembic_version
union all select count(*)::text from pg_attribute join pg_class on pg_class.oid = attrelid
where relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped
"""
OTHERS = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""
TIDY_EVERY = 40
"""Rows that were deleted are still there to read past, until they are tidied away."""


class KeptDatabase:
    """A database that every test finds as if it had just been made."""

    def __init__(self, server: str) -> None:
        self.server = server
        self._numbers = itertools.count()
        self._shape: list[tuple[str]] = []
        self._uses = 0
        self._make()

    def _make(self) -> None:
        name = f"kept_{next(self._numbers)}"
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f"create database {name} template {TEMPLATE} strategy file_copy")
        self.url = self.server.replace("/postgres?", f"/{name}?")
        with psycopg.connect(self.url) as connection:
            self._shape = connection.execute(SHAPE).fetchall()

    def empty(self) -> None:
        """Take away all that the last test left."""
        self._uses += 1
        try:
            with psycopg.connect(self.url, autocommit=True) as connection:
                connection.execute("set lock_timeout = '5s'")
                connection.execute(OTHERS)
                connection.execute(EMPTY)
                if self._uses % TIDY_EVERY == 0:
                    connection.execute("vacuum")
                same = connection.execute(SHAPE).fetchall() == self._shape
        except psycopg.Error:
            same = False
        if not same:
            self._make()
