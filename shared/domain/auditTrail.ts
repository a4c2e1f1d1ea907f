import type { AssetRef } from './asset.ts';

/**
 * revision: a mask version was made · verdict · head: another version is the one to judge, whoever brought it about · choice, choice_undone: a
 * person chose it, or took that back · publication: published, withdrawn or superseded · comment: what became of one, without its words ·
 * take_over: an item was taken from the desk that had it · setting · import · export ·
 * set: a set was saved, removed or frozen.
 */
export const auditTrailKinds = ['revision', 'verdict', 'head', 'choice', 'choice_undone', 'publication', 'comment', 'take_over', 'setting', 'import', 'export', 'set'] as const;
export type AuditTrailKind = (typeof auditTrailKinds)[number];

/** One thing that happened in a store. */
export interface AuditRecord {
  /** Ascending in the order of writing, with gaps. */
  readonly sequence: number;
  readonly atMs: number;
  /** A reviewer or a model; null: Maskdesk itself, or a program beside it. */
  readonly who: string | null;
  readonly kind: AuditTrailKind;
  readonly asset: AssetRef | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What no table of its own tells of. */
export type NewAuditRecord = Pick<AuditRecord, 'who' | 'asset' | 'details'> & { readonly kind: 'setting' | 'import' | 'export' };

/** From sinceMs up to, and without, untilMs; null: no bound. */
export interface AuditSpan {
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
}
