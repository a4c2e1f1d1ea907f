import SqliteDatabase from 'better-sqlite3';

/** Another program's hand in the database file: the pipeline, a careless person, a broken installation. */
export const changeDatabase = (file: string, sql: string): void => {
  const database = new SqliteDatabase(file, { timeout: 5_000 });
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
};
