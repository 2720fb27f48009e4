# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Ways in which the plans, the state folder and the configuration can be damaged.

An estate is what one user has: data/autopass/plans.snapshot, state/autopass/spool and
config/autopass/config.toml. A damage is done to a whole and sound one. Each names what it damages,
so that only commands that open this are run against it (torture.py asks strace which those are)."""
import fcntl
import os
import random
import shutil
import socket
import sqlite3
import subprocess

DAMAGES = []  # (name, what it concerns: plans, state, config; function of the estate)


class Estate:
    def __init__(self, folder, sound, stores):
        self.folder, self.stores = folder, stores
        self.data, self.state, self.config = (os.path.join(folder, part, "autopass")
                                              for part in ("data", "state", "config"))
        for path in (self.data, self.state, self.config):
            os.makedirs(path)
        self.snapshot = os.path.join(self.data, "plans.snapshot")
        self.spool = os.path.join(self.state, "spool")
        self.toml = os.path.join(self.config, "config.toml")
        self.held = []  # whatever has to stay open
        self.mounted = []
        if sound:
            shutil.copyfile(sound, self.snapshot)

    def environment(self):
        return {"XDG_DATA_HOME": os.path.join(self.folder, "data"),
                "XDG_STATE_HOME": os.path.join(self.folder, "state"),
                "XDG_CONFIG_HOME": os.path.join(self.folder, "config")}

    def sql(self, *statements):
        database = sqlite3.connect(self.snapshot)
        database.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            database.execute(statement)
        database.commit()
        database.close()

    def publish(self, *statements):
        """As sql(), and compiles are told: the map that they ask is written anew."""
        self.sql(*statements)
        self.map()

    def map(self):
        subprocess.run([self.stores, "map", self.snapshot], stderr=subprocess.DEVNULL,
                       check=False)  # of some garbage there is none

    def patch(self, offset, content):
        with open(self.snapshot, "r+b") as file:
            file.seek(offset)
            file.write(content)

    def mount(self, path, *options):
        subprocess.run(["mount", *options, path], check=True)
        self.mounted.append(path)

    def end(self):
        for path in self.mounted:
            subprocess.run(["umount", path], check=True)


def damage(name, what):
    def add(function):
        DAMAGES.append((name, what, function))
        return function
    return add


def each(what, **functions):
    for name, function in functions.items():
        DAMAGES.append((name.replace("_", "-"), what, function))


def write(path, content):
    os.path.lexists(path) and os.remove(path)
    with open(path, "wb") as file:
        file.write(content)


def place(path, make):
    """Something else in the file's place."""
    if os.path.lexists(path):
        os.remove(path)
    make(path)


def unix_socket(path):
    folder = os.getcwd()
    os.chdir(os.path.dirname(path))  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(os.path.basename(path))
    os.chdir(folder)


def sparse(size):
    def make(path):
        with open(path, "wb") as file:
            file.truncate(size)
    return make


IN_PLACE = {
    "missing": lambda path: None, "empty": lambda path: write(path, b""), "a-fifo": os.mkfifo,
    "a-folder": os.mkdir,
    "a-socket": unix_socket, "sparse-4-gib": sparse(4 << 30), "sparse-60-mib": sparse(60 << 20),
    "dangling-link": lambda path: os.symlink("nothing-here", path),
    "link-to-itself": lambda path: os.symlink(path, path),
    "link-to-dev-full": lambda path: os.symlink("/dev/full", path),
    "link-to-dev-zero": lambda path: os.symlink("/dev/zero", path),
    "link-to-a-terminal": lambda path: os.symlink("/dev/tty", path),
    "garbage": lambda path: write(path, random.Random(1).randbytes(70_000)),
    "unreadable": lambda path: (write(path, b"x"), os.chmod(path, 0)),
}
for kind, maker in IN_PLACE.items():
    for what, file in (("plans", "snapshot"), ("state", "spool"), ("config", "toml")):
        DAMAGES.append(("%s-%s" % (file, kind), what,
                        lambda estate, file=file, maker=maker: place(getattr(estate, file), maker)))


def cut(estate, size):
    os.truncate(estate.snapshot, size if size > 0 else os.path.getsize(estate.snapshot) + size)


def swap_pages(estate):
    with open(estate.snapshot, "rb") as file:
        content = file.read()
    estate.patch(4096, content[8192:12288] + content[4096:8192])


def noise_after_header(estate):
    estate.patch(100, random.Random(2).randbytes(os.path.getsize(estate.snapshot) - 100))


def noise_at_end(estate):
    estate.patch(os.path.getsize(estate.snapshot), random.Random(3).randbytes(999))


def wal_beside(estate):
    estate.patch(18, b"\2\2")
    write(estate.snapshot + "-wal", random.Random(4).randbytes(5000))


def hot_journal(estate):
    write(estate.snapshot + "-journal", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))


def schema_of_nonsense(estate):
    estate.sql("PRAGMA writable_schema=1",
               "UPDATE sqlite_schema SET sql='CREATE TABLE nonsense('")


def endless_view(estate):
    estate.sql("DROP TABLE published_plan",
               "CREATE VIEW published_plan AS WITH RECURSIVE n(i) AS "
               "(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 1 AS published, "
               "'x' AS fingerprint, '' AS context, '' AS plan FROM n WHERE i < 0")


for size in (1, 15, 16, 99, 100, 1024, 4095, 4096, 10_000, -4096, -1):
    DAMAGES.append(("truncated-to-%d" % size, "plans", lambda estate, size=size: cut(estate, size)))

each("plans",
     newer_schema=lambda e: e.sql("PRAGMA user_version=99"),
     negative_schema=lambda e: e.sql("PRAGMA user_version=-1"),
     other_application=lambda e: e.sql("PRAGMA application_id=12345"),
     no_application=lambda e: e.sql("PRAGMA application_id=0"),
     wal_header=lambda e: e.patch(18, b"\2\2"), wal_beside=wal_beside, hot_journal=hot_journal,
     unknown_format=lambda e: e.patch(18, b"\7\7"), page_size=lambda e: e.patch(16, b"\x02\x00"),
     encoding=lambda e: e.patch(56, b"\0\0\0\2"), schema_format=lambda e: e.patch(44, b"\0\0\0c"),
     free_list=lambda e: e.patch(32, b"\0\0\0\1\0\0\0\7"), pages_swapped=swap_pages,
     page_points_to_itself=lambda e: e.patch(4096, bytes(12) + b"\0\0\0\2"),
     header_then_noise=noise_after_header, trailing_noise=noise_at_end,
     schema_of_nonsense=schema_of_nonsense, endless_view=endless_view,
     folder_shut=lambda e: os.chmod(e.data, 0))


for seed in range(6):
    DAMAGES.append(("random-bytes-%d" % seed, "plans",
                    lambda estate, seed=seed: overwrite(estate, random.Random(seed))))


def overwrite(estate, dice):
    for _ in range(64):
        estate.patch(dice.randrange(os.path.getsize(estate.snapshot)), dice.randbytes(4))


VALUES = {"number": "-1", "text": "'gar''bage'", "blob": "randomblob(3000)", "real": "1e300"}


def fill(estate, table, value):
    """Every column of every row that takes this value; of an empty table, one row of it."""
    database = sqlite3.connect(estate.snapshot)
    columns = [row[1] for row in database.execute("PRAGMA table_info(%s)" % table)]
    if database.execute("SELECT count(*) FROM " + table).fetchone()[0] == 0:
        database.execute("INSERT INTO %s VALUES(%s)" % (table, ", ".join(["1"] * len(columns))))
    taken = 0
    for column in columns:
        try:
            taken += database.execute("UPDATE %s SET %s = %s" % (table, column, value)).rowcount
        except sqlite3.Error:
            pass  # a key, which keeps its type or has to be unique
    assert taken > 0, "no column of %s takes %s" % (table, value)
    database.commit()
    database.close()
    estate.map()


def of_tables(snapshot):
    """Each table that is in this file, taken away and filled with garbage."""
    database = sqlite3.connect(snapshot)
    tables = [name for name, in database.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%'"
        " ESCAPE '~' ORDER BY name")]
    database.close()
    for table in tables:
        yield "no-table-" + table, "plans", lambda e, table=table: e.sql("DROP TABLE " + table)
        for kind, value in VALUES.items():
            yield ("%s-of-%s" % (table, kind), "plans",
                   lambda e, table=table, value=value: fill(e, table, value))


# The plans of functions that are there, so that the plugin reads these texts.
PLAN_TEXTS = {
    "empty": "''", "not-json": "'not json'", "cut": "'{\"v\":2,\"params\":{'",
    "unknown-version": "'{\"v\":99}'",
    "no-version": "'{\"params\":{\"unroll-count\":4}}'",
    "unknown-key": "'{\"v\":2,\"magic\":true}'",
    "unknown-parameter": "'{\"v\":2,\"params\":{\"no-such\":4}}'",
    "out-of-range": "'{\"v\":2,\"params\":{\"unroll-count\":999999999}}'",
    "unknown-pass": "'{\"v\":2,\"pipeline\":{\"skip\":[{\"pass\":\"dot-cfg\"}]}}'", "wrong-type": "'[1,2,3]'",
    "number": "17",
    "deep": "CAST(replace(hex(zeroblob(100000)), '00', '[') AS TEXT)",
    "nul": "'{\"v\":2'||char(0)||'}'",
    "not-utf-8": "CAST(x'7b2276223a31fffe7d' AS TEXT)",
    "huge": "'{\"v\":2,\"'||hex(zeroblob(1000000))||'\":1}'",
}
for kind, text in PLAN_TEXTS.items():
    DAMAGES.append(("plan-text-" + kind, "plans", lambda estate, text=text: estate.publish(
        "UPDATE published_plan SET plan = %s" % text)))


@damage("locked-by-sqlite", "plans")
def locked(estate):
    database = sqlite3.connect(estate.snapshot, check_same_thread=False)
    database.isolation_level = None
    database.execute("BEGIN EXCLUSIVE")
    estate.held.append(database)


@damage("locked-by-flock", "plans state")
def flocked(estate):
    for path in (estate.snapshot, estate.spool):
        file = open(path, "ab")
        fcntl.flock(file, fcntl.LOCK_EX)
        estate.held.append(file)


def full_spool(estate):
    sparse(64 << 20)(estate.spool)


def no_space(estate):
    estate.mount(estate.state, "-t", "tmpfs", "-o", "size=4k", "full")
    with open(os.path.join(estate.state, "filler"), "wb", buffering=0) as file:
        file.write(bytes(4096))


def read_only(path, estate):
    estate.mount(path, "--bind", path)
    estate.mount(path, "-o", "remount,bind,ro")
    estate.mounted.pop()


def gone(path):
    shutil.rmtree(os.path.dirname(path))


each("state",
     spool_full=full_spool,
     spool_of_old_records=lambda e: write(e.spool, b"APr1\xff\xff\xff\x7f" * 50),
     spool_read_only=lambda e: (write(e.spool, b""), os.chmod(e.spool, 0o400)),
     state_shut=lambda e: os.chmod(e.state, 0), state_read_only=lambda e: os.chmod(e.state, 0o555),
     state_missing=lambda e: gone(e.state),
     state_a_file=lambda e: (os.rmdir(e.state), write(e.state, b"")),
     state_dangling=lambda e: (os.rmdir(e.state), os.symlink("nothing-here", e.state)),
     state_loop=lambda e: (os.rmdir(e.state), os.symlink(e.state, e.state)),
     state_full_disk=no_space, state_read_only_disk=lambda e: read_only(e.state, e))
each("plans", data_missing=lambda e: gone(e.data),
     data_read_only_disk=lambda e: read_only(e.data, e))
each("config",
     config_not_toml=lambda e: write(e.toml, b"tune = [\n"),
     config_unknown_key=lambda e: write(e.toml, b"nonsense = 1\n"),
     config_wrong_value=lambda e: write(e.toml, b"tune = \"sometimes\"\n"),
     config_table=lambda e: write(e.toml, b"[clang]\na=1\n"),
     config_deep=lambda e: write(e.toml, b"a = " + b"[" * 100_000))
