/** One step of Maskdesk's schema in PostgreSQL. Forward only: a step that has been released is never edited, the next one corrects it. */
export interface Migration {
  /** The same change has the same number in SQLite's list. */
  readonly version: number;
  readonly name: string;
  /** Statements, run in one transaction with all other steps. Names are written in full (`maskdesk.assets`). */
  readonly sql: string;
}
