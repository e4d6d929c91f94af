/* The limit that verification is measured against: reads the events of a log.db in order and hashes them into a Merkle
   tree (RFC 6962, section 2.1), with nothing but SQLite and OpenSSL's low-level SHA-256. Run by Tools/bench-verify. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

int main(int count, char **arguments) {
  static unsigned char roots[64][32];
  int heights[64], depth = 0;
  long events = 0;
  const unsigned char leaf = 0, node = 1;
  sqlite3 *database;
  sqlite3_stmt *query;
  double start = now();
  const char *sql = "SELECT position, leaf FROM event ORDER BY position";
  if (count != 2 || sqlite3_open_v2(arguments[1], &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK
      || sqlite3_prepare_v2(database, sql, -1, &query, NULL) != SQLITE_OK)
    return 66;
  while (sqlite3_step(query) == SQLITE_ROW) {
    SHA256_CTX hash;
    SHA256_Init(&hash);
    SHA256_Update(&hash, &leaf, 1);
    SHA256_Update(&hash, sqlite3_column_blob(query, 1), sqlite3_column_bytes(query, 1));
    SHA256_Final(roots[depth], &hash);
    heights[depth++] = 0;
    for (; depth > 1 && heights[depth - 1] == heights[depth - 2]; depth--) {
      SHA256_Init(&hash);
      SHA256_Update(&hash, &node, 1);
      SHA256_Update(&hash, roots[depth - 2], 64);
      SHA256_Final(roots[depth - 2], &hash);
      heights[depth - 2]++;
    }
    events++;
  }
  printf("%ld %.6f\n", events, now() - start);
  return 0;
}
