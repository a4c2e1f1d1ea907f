import type { Database, Statement } from 'better-sqlite3';

/** More than are in use at a time; filters and lists of values have a text for each of their forms. */
const mostKept = 200;

/**
 * A connection's statements by their text, those used last. Preparing one costs more than most queries do, and its memory (some 15 to 30 KB) is SQLite's own: the
 * garbage collector does not see it and frees it too late, so that a long row of queries came to gigabytes. Not for statements that are iterated while others run.
 */
export class PreparedStatements {
  readonly #database: Database;
  readonly #byText = new Map<string, Statement>();

  constructor(database: Database) {
    this.#database = database;
  }

  prepare(text: string): Statement {
    const known = this.#byText.get(text);
    const statement = known ?? this.#database.prepare(text);
    this.#byText.delete(text);
    this.#byText.set(text, statement);
    if (this.#byText.size > mostKept) this.#byText.delete(this.#byText.keys().next().value as string);
    return statement;
  }

  /** For Kysely's sake; SqliteConnection closes the connection itself. */
  close(): void {
    this.#byText.clear();
    this.#database.close();
  }
}
