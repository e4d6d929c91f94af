/* The limits that the ledger is measured against: the least that anybody could do with the same bytes, with nothing but
   SQLite and OpenSSL's low-level SHA-256. Compiled and run by Tools/benchmark and Tools/bench-verify.

     limits verify LOG.DB               reads the events in order and hashes them into a Merkle tree (RFC 6962, 2.1)
     limits scan LOG.DB                 reads the events in order
     limits insert LOG.DB NEW.DB        inserts the same rows with the same indexes, 10,000 a transaction
     limits insert LOG.DB NEW.DB VAULT.DB NEW-VAULT.DB   the same, with the vault's rows beside
     limits copy VIEWS.DB NEW.DB        inserts all rows of all tables, 10,000 a transaction, then makes the same indexes
     limits append LOG.DB NEW.DB COUNT  commits COUNT rows, each by itself and forced to the disk

   Each prints how many, the seconds they took, and the seconds of CPU. Rows are read into memory before the clocks run. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 11, BATCH = 10000, FAILED = 74 };

static double wall, cpu;

static double reading(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static void start(void) {
  wall -= reading(CLOCK_MONOTONIC);
  cpu -= reading(CLOCK_PROCESS_CPUTIME_ID);
}

static void stop(void) {
  wall += reading(CLOCK_MONOTONIC);
  cpu += reading(CLOCK_PROCESS_CPUTIME_ID);
}

static void need(sqlite3 *database, int is_so) {
  if (is_so) return;
  fprintf(stderr, "limits: %s\n", database ? sqlite3_errmsg(database) : "no memory");
  exit(FAILED);
}

static sqlite3 *opened(const char *path, int flags) {
  sqlite3 *database = NULL;
  need(database, sqlite3_open_v2(path, &database, flags, NULL) == SQLITE_OK);
  return database;
}

static void run(sqlite3 *database, const char *sql) {
  need(database, sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK);
}

static sqlite3_stmt *prepared(sqlite3 *database, const char *sql) {
  sqlite3_stmt *statement = NULL;
  need(database, sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK);
  return statement;
}

static void check_step(sqlite3_stmt *statement, int expected) {
  need(sqlite3_db_handle(statement), sqlite3_step(statement) == expected);
}

/* A log like Annals', without its guards and its tree; a vault like Annals'. */
static sqlite3 *new_log(const char *path) {
  sqlite3 *database = opened(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  run(database, "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    "PRAGMA wal_autocheckpoint = 10000; PRAGMA cache_size = -32768;"
    "CREATE TABLE event (position INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, tag BLOB NOT NULL,"
    "  subject TEXT NOT NULL, version INTEGER NOT NULL, country TEXT, institution TEXT, earliest INTEGER,"
    "  latest INTEGER, recorded INTEGER NOT NULL, leaf BLOB NOT NULL, UNIQUE (subject, version)) STRICT");
  return database;
}

static sqlite3 *new_vault(const char *path) {
  sqlite3 *database = opened(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  run(database, "PRAGMA secure_delete = ON; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL;"
    "CREATE TABLE disclosure (position INTEGER NOT NULL, digest TEXT NOT NULL, preimage BLOB NOT NULL,"
    "  decoy INTEGER NOT NULL, PRIMARY KEY (position, digest)) STRICT, WITHOUT ROWID");
  return database;
}

static const char rows_of_log[] = "SELECT position, id, tag, subject, version, country, institution, earliest, latest,"
  " recorded, leaf FROM event ORDER BY position";
static const char row_into_log[] = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/* Reads rows into memory, as many as there are or as are wanted; gives their number. */
static int fill(sqlite3_stmt *rows, sqlite3_value **values, int columns, int wanted) {
  int count = 0;
  while (count < wanted && sqlite3_step(rows) == SQLITE_ROW) {
    for (int column = 0; column < columns; column++) {
      values[count * columns + column] = sqlite3_value_dup(sqlite3_column_value(rows, column));
      need(NULL, values[count * columns + column] != NULL);
    }
    count++;
  }
  return count;
}

static void insert(sqlite3_stmt *statement, sqlite3_value **values, int columns) {
  for (int column = 0; column < columns; column++) {
    sqlite3_value *value = values[column];
    /* The bytes live until the step: SQLite need not copy them. */
    switch (sqlite3_value_type(value)) {
      case SQLITE_INTEGER: sqlite3_bind_int64(statement, column + 1, sqlite3_value_int64(value)); break;
      case SQLITE_TEXT:
        sqlite3_bind_text(statement, column + 1, (const char *)sqlite3_value_text(value), sqlite3_value_bytes(value),
          SQLITE_STATIC);
        break;
      case SQLITE_BLOB:
        sqlite3_bind_blob(statement, column + 1, sqlite3_value_blob(value), sqlite3_value_bytes(value), SQLITE_STATIC);
        break;
      default: sqlite3_bind_null(statement, column + 1);
    }
  }
  check_step(statement, SQLITE_DONE);
  sqlite3_reset(statement);
}

static void let_go(sqlite3_value **values, int count) {
  for (int index = 0; index < count; index++) sqlite3_value_free(values[index]);
}

/* Closing moves the write-ahead log into the file: part of the work. */
static void finish(sqlite3 *database) {
  sqlite3_stmt *statement;
  while ((statement = sqlite3_next_stmt(database, NULL))) sqlite3_finalize(statement);
  need(database, sqlite3_close(database) == SQLITE_OK);
}

static void insert_all(const char *log, const char *new_path, const char *vault, const char *new_vault_path) {
  sqlite3_stmt *rows = prepared(opened(log, SQLITE_OPEN_READONLY), rows_of_log), *disclosures = NULL, *keep = NULL;
  sqlite3 *to = new_log(new_path), *to_vault = NULL;
  sqlite3_stmt *into = prepared(to, row_into_log);
  sqlite3_value **values = calloc((size_t)BATCH * COLUMNS, sizeof *values);
  sqlite3_value **kept = NULL;
  /* A testimony has at most 16 digests. */
  int count = BATCH, kept_count = 0, room = BATCH * 16;
  long total = 0;
  if (vault) {
    to_vault = new_vault(new_vault_path);
    disclosures = prepared(opened(vault, SQLITE_OPEN_READONLY),
      "SELECT position, digest, preimage, decoy FROM disclosure WHERE position BETWEEN ? AND ? ORDER BY position, digest");
    keep = prepared(to_vault, "INSERT INTO disclosure VALUES (?, ?, ?, ?)");
    kept = calloc((size_t)room * 4, sizeof *kept);
    need(NULL, kept != NULL);
  }
  need(NULL, values != NULL);
  /* Another step behind the last row would begin anew. */
  while (count == BATCH && (count = fill(rows, values, COLUMNS, BATCH)) > 0) {
    if (vault) {
      sqlite3_bind_int64(disclosures, 1, total);
      sqlite3_bind_int64(disclosures, 2, total + count - 1);
      kept_count = fill(disclosures, kept, 4, room);
      sqlite3_reset(disclosures);
    }
    start();
    if (vault) {
      run(to_vault, "BEGIN IMMEDIATE");
      for (int row = 0; row < kept_count; row++) insert(keep, kept + row * 4, 4);
      run(to_vault, "COMMIT");
    }
    run(to, "BEGIN IMMEDIATE");
    for (int row = 0; row < count; row++) insert(into, values + row * COLUMNS, COLUMNS);
    run(to, "COMMIT");
    stop();
    let_go(values, count * COLUMNS);
    if (vault) let_go(kept, kept_count * 4);
    total += count;
  }
  start();
  if (vault) finish(to_vault);
  finish(to);
  stop();
  printf("%ld %.6f %.6f\n", total, wall, cpu);
}

/* The rows of one table, in the order of its key. */
static long copy_table(sqlite3 *from, sqlite3 *to, const char *name) {
  char *select = sqlite3_mprintf("SELECT * FROM \"%w\"", name);
  sqlite3_stmt *rows = prepared(from, select);
  int columns = sqlite3_column_count(rows), count = BATCH;
  sqlite3_str *text = sqlite3_str_new(to);
  sqlite3_str_appendf(text, "INSERT INTO \"%w\" VALUES (?", name);
  for (int column = 1; column < columns; column++) sqlite3_str_appendall(text, ", ?");
  sqlite3_str_appendall(text, ")");
  char *sql = sqlite3_str_finish(text);
  sqlite3_stmt *into = prepared(to, sql);
  sqlite3_value **values = calloc((size_t)BATCH * columns, sizeof *values);
  long total = 0;
  need(NULL, values != NULL);
  while (count == BATCH && (count = fill(rows, values, columns, BATCH)) > 0) {
    start();
    run(to, "BEGIN IMMEDIATE");
    for (int row = 0; row < count; row++) insert(into, values + row * columns, columns);
    run(to, "COMMIT");
    stop();
    let_go(values, count * columns);
    total += count;
  }
  free(values);
  sqlite3_free(sql);
  sqlite3_free(select);
  sqlite3_finalize(rows);
  sqlite3_finalize(into);
  return total;
}

/* Runs what made the tables, or the indexes, of another database. */
static void make(sqlite3 *from, sqlite3 *to, const char *type) {
  sqlite3_stmt *parts = prepared(from, "SELECT sql FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL");
  sqlite3_bind_text(parts, 1, type, -1, SQLITE_STATIC);
  while (sqlite3_step(parts) == SQLITE_ROW) run(to, (const char *)sqlite3_column_text(parts, 0));
  sqlite3_finalize(parts);
}

static void copy(const char *views, const char *new_path) {
  sqlite3 *from = opened(views, SQLITE_OPEN_READONLY), *to = opened(new_path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  run(to, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
    "PRAGMA wal_autocheckpoint = 10000; PRAGMA cache_size = -24576");
  make(from, to, "table");
  sqlite3_stmt *names = prepared(from, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  long total = 0;
  while (sqlite3_step(names) == SQLITE_ROW) total += copy_table(from, to, (const char *)sqlite3_column_text(names, 0));
  sqlite3_finalize(names);
  start();
  run(to, "BEGIN IMMEDIATE");
  make(from, to, "index");
  run(to, "COMMIT");
  finish(to);
  stop();
  printf("%ld %.6f %.6f\n", total, wall, cpu);
}

static void append(const char *log, const char *new_path, int count) {
  sqlite3_stmt *rows = prepared(opened(log, SQLITE_OPEN_READONLY), rows_of_log);
  sqlite3 *to = new_log(new_path);
  sqlite3_stmt *into = prepared(to, row_into_log), *begin = prepared(to, "BEGIN IMMEDIATE"), *commit = prepared(to, "COMMIT");
  sqlite3_value **values = calloc((size_t)count * COLUMNS, sizeof *values);
  need(NULL, values != NULL);
  count = fill(rows, values, COLUMNS, count);
  /* As the log has it where single events are appended. */
  run(to, "PRAGMA wal_autocheckpoint = 1000");
  start();
  for (int row = 0; row < count; row++) {
    check_step(begin, SQLITE_DONE);
    sqlite3_reset(begin);
    insert(into, values + row * COLUMNS, COLUMNS);
    check_step(commit, SQLITE_DONE);
    sqlite3_reset(commit);
  }
  stop();
  printf("%d %.6f %.6f\n", count, wall, cpu);
}

static void read_all(const char *log, int hashes) {
  static unsigned char roots[64][32];
  int heights[64], depth = 0;
  long events = 0, bytes = 0;
  const unsigned char leaf = 0, node = 1;
  sqlite3_stmt *query = prepared(opened(log, SQLITE_OPEN_READONLY), "SELECT position, leaf FROM event ORDER BY position");
  start();
  while (sqlite3_step(query) == SQLITE_ROW) {
    const void *blob = sqlite3_column_blob(query, 1);
    int length = sqlite3_column_bytes(query, 1);
    events++;
    bytes += length + ((const unsigned char *)blob)[length - 1] % 2;
    if (!hashes) continue;
    SHA256_CTX hash;
    SHA256_Init(&hash);
    SHA256_Update(&hash, &leaf, 1);
    SHA256_Update(&hash, blob, (size_t)length);
    SHA256_Final(roots[depth], &hash);
    heights[depth++] = 0;
    for (; depth > 1 && heights[depth - 1] == heights[depth - 2]; depth--) {
      SHA256_Init(&hash);
      SHA256_Update(&hash, &node, 1);
      SHA256_Update(&hash, roots[depth - 2], 64);
      SHA256_Final(roots[depth - 2], &hash);
      heights[depth - 2]++;
    }
  }
  stop();
  printf("%ld %.6f %.6f %ld\n", events, wall, cpu, bytes);
}

int main(int count, char **words) {
  const char *what = count > 2 ? words[1] : "";
  if (count == 3 && strcmp(what, "verify") == 0) read_all(words[2], 1);
  else if (count == 3 && strcmp(what, "scan") == 0) read_all(words[2], 0);
  else if (count == 4 && strcmp(what, "insert") == 0) insert_all(words[2], words[3], NULL, NULL);
  else if (count == 6 && strcmp(what, "insert") == 0) insert_all(words[2], words[3], words[4], words[5]);
  else if (count == 4 && strcmp(what, "copy") == 0) copy(words[2], words[3]);
  else if (count == 5 && strcmp(what, "append") == 0) append(words[2], words[3], atoi(words[4]));
  else {
    fprintf(stderr, "limits: verify|scan LOG.DB, insert LOG.DB NEW.DB [VAULT.DB NEW-VAULT.DB], copy VIEWS.DB NEW.DB, append LOG.DB NEW.DB COUNT\n");
    return 64;
  }
  return 0;
}
