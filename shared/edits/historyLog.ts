import { crc32 } from './crc32.ts';
import type { Edit } from './edit.ts';
import { decodeEdit, encodeEdit } from './serialiseEdit.ts';
import type { StateDigest } from './stateDigest.ts';

/**
 * What was done to one mask, as a log that only grows: records of
 *   length u32, crc u32 (of what follows), kind u8, step u32, and for an edit: digest high u32, low u32, edit (serialiseEdit.ts)
 * all little-endian. An edit with a number that is there already replaces that step and all later ones. A mark says how many steps are applied; after
 * an edit all up to it are. A log that was torn while it was written is good up to its last whole record.
 */
export type HistoryEntry =
  | { readonly kind: 'edit'; readonly step: number; readonly digestAfter: StateDigest; readonly edit: Edit }
  | { readonly kind: 'mark'; readonly applied: number };

const headBytes = 13;
const digestBytes = 8;
const markKind = 0;
const editKind = 1;

export const encodeEntry = (entry: HistoryEntry): Uint8Array => {
  const edit = entry.kind === 'edit' ? encodeEdit(entry.edit) : null;
  const record = new Uint8Array(headBytes + (edit === null ? 0 : digestBytes + edit.length));
  const view = new DataView(record.buffer);
  view.setUint8(8, edit === null ? markKind : editKind);
  view.setUint32(9, entry.kind === 'edit' ? entry.step : entry.applied, true);
  if (entry.kind === 'edit' && edit !== null) {
    view.setUint32(headBytes, entry.digestAfter.high, true);
    view.setUint32(headBytes + 4, entry.digestAfter.low, true);
    record.set(edit, headBytes + digestBytes);
  }
  view.setUint32(0, record.length, true);
  view.setUint32(4, crc32(record.subarray(8)), true);
  return record;
};

/** Where a record lies; `step` is the count of applied steps in a mark. */
export interface RecordPlace {
  readonly kind: 'edit' | 'mark';
  readonly step: number;
  readonly offset: number;
  readonly length: number;
}

/** The records of a log up to its end or to the first that is not whole. */
export const placesIn = (log: Uint8Array): readonly RecordPlace[] => {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  const places: RecordPlace[] = [];
  for (let offset = 0; offset + headBytes <= log.length; ) {
    const length = view.getUint32(offset, true);
    if (length < headBytes || offset + length > log.length) break;
    if (view.getUint32(offset + 4, true) !== crc32(log.subarray(offset + 8, offset + length))) break;
    const kind = view.getUint8(offset + 8);
    if (kind !== markKind && kind !== editKind) break;
    places.push({ kind: kind === editKind ? 'edit' : 'mark', step: view.getUint32(offset + 9, true), offset, length });
    offset += length;
  }
  return places;
};

/** The whole entries of a log, in order. @throws RangeError when a record that is whole holds no edit: another version's */
export const decodeEntries = (log: Uint8Array): readonly HistoryEntry[] => {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  return placesIn(log).map(({ kind, step, offset, length }): HistoryEntry => {
    if (kind === 'mark') return { kind, applied: step };
    const digestAfter = { high: view.getUint32(offset + headBytes, true), low: view.getUint32(offset + headBytes + 4, true) };
    return { kind, step, digestAfter, edit: decodeEdit(log.subarray(offset + headBytes + digestBytes, offset + length)) };
  });
};
