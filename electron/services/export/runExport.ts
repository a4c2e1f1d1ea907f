import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';
import type { ExportPhase, ExportProgress } from '../../../shared/contracts/rpc/exports.ts';
import type { ImportFormatId } from '../../../shared/domain/formatIds.ts';
import { ExpectedError, isCancelled, isExpected, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { FormatExport } from '../../../shared/ports/exportFormat.ts';
import type { ExportTarget } from '../../../shared/ports/exportTarget.ts';
import type { ImportFormat } from '../../../shared/ports/importFormat.ts';
import type { SetStore } from '../../../shared/ports/store/setStore.ts';
import { fileError } from '../../base/fileError.ts';
import { workFolder, writeClosingFiles } from './closingFiles.ts';
import { readEntryMask, type EncodeParts } from './encodeItem.ts';
import type { SettledExport } from './exportKey.ts';
import type { ExportRequest } from './exportRequest.ts';
import type { PhotoParts } from './itemPhoto.ts';
import { readLossBook, type LossBook } from './lossBook.ts';
import { planExport, type ExportPlan } from './plan.ts';
import { readBack, type Verified } from './readBack.ts';
import { lossReportLine, totalsLine } from './report.ts';
import { writeItems } from './writeItems.ts';
import { beginWriting, standardNoteEveryMs, type Writing } from './writing.ts';

export interface RunParts extends PhotoParts {
  readonly sets: Pick<SetStore, 'entries' | 'links' | 'rememberPhoto'>;
  readonly blobs: Pick<BlobStore, 'get' | 'keyOfPath'>;
  readonly importFormats: Readonly<Record<ImportFormatId, ImportFormat>>;
  /** Largest mask that is read back. */
  readonly maxPixels: number;
  /** Items that are read, decoded and encoded at a time. */
  readonly concurrency: number;
  /** How often it is noted down what is written. */
  readonly noteEveryMs?: number;
}

const toldLosses = 1000;
const tellEveryMs = 100;

/** Tells how far a phase is, often enough for eyes. */
const createTeller = (phase: ExportPhase, total: number, bytes: () => number) => {
  let toldAtMs = -Infinity;
  const at = (done: number): ExportProgress => ({ kind: 'progress', phase, done, total, bytes: bytes() });
  return (done: number): readonly ExportProgress[] => {
    const nowMs = performance.now();
    if (done !== total && nowMs - toldAtMs < tellEveryMs) return [];
    toldAtMs = nowMs;
    return [at(done)];
  };
};

interface Outcome {
  readonly reportFile: string;
  readonly lossy: number;
  readonly leastIou: number | null;
}

/** Without reading back, what encoding said is all there is to tell. */
async function* toldByEncoding(plan: ExportPlan, losses: LossBook): AsyncGenerator<Omit<Verified, 'iou'> & { readonly iou: null }> {
  if (losses.count === 0) return;
  for await (const entry of plan.entries.from(0)) {
    const { number, stem } = plan.itemOf(entry);
    const sentences = await losses.of(number);
    if (sentences.length > 0) yield { asset: entry.asset, stem, sentences, iou: null };
  }
}

/** Reads back (or does not), tells the losses and writes the report. */
async function* examine(writing: Writing, plan: ExportPlan, settled: SettledExport, opened: FormatExport, verifies: boolean, parts: RunParts, signal?: AbortSignal): AsyncGenerator<ExportProgress, Outcome> {
  const total = plan.snapshot.entryCount;
  const { readBack: importId, hasCategories } = settled.format;
  const losses = await readLossBook(writing.spools);
  const reportFile = join(await workFolder(writing.target.scratch), 'report.jsonl');
  const report = createWriteStream(reportFile);
  const ended = finished(report);
  // Awaited below; until then a write that fails is told by the next one.
  ended.catch(() => undefined);
  const source = verifies && importId !== null ? await writing.target.readBack() : null;
  try {
    const findings =
      source === null || importId === null
        ? toldByEncoding(plan, losses)
        : readBack(
            {
              plan,
              source,
              format: parts.importFormats[importId],
              categoryName: ({ number, name }) => (hasCategories ? (opened.categoryNames?.get(number) ?? name) : null),
              losses,
              codec: parts.codec,
              maxPixels: parts.maxPixels,
              concurrency: parts.concurrency,
              maskOf: ({ entry }) => readEntryMask(entry, parts),
            },
            signal,
          );
    const tell = createTeller('verifying', total, () => writing.bytes);
    let [done, lossy] = [0, 0];
    let leastIou = 1;
    for await (const { iou, ...finding } of findings) {
      throwIfCancelled(signal);
      done++;
      if (iou !== null) leastIou = Math.min(leastIou, iou);
      if (finding.sentences.length > 0) {
        lossy++;
        if (!report.write(`${lossReportLine({ ...finding, iou })}\n`)) await Promise.race([once(report, 'drain'), ended]);
        if (lossy <= toldLosses) yield { kind: 'loss', asset: finding.asset, sentences: finding.sentences, iou };
      }
      if (source !== null) yield* tell(done);
    }
    const outcome = { reportFile, lossy, leastIou: source === null ? null : leastIou };
    report.end(`${totalsLine({ masks: total, ...outcome })}\n`);
    await ended;
    return outcome;
  } catch (error) {
    throw fileError(error, reportFile);
  } finally {
    report.destroy();
    await source?.close();
  }
}

/**
 * An export from beginning to end. Until `finished` was told nothing at the target looks finished; whatever ends it before, what is whole by then is kept for the
 * next run of the same export. Closes the target.
 */
export async function* runExport(target: ExportTarget, settled: SettledExport, { verify, restart, exportId }: Pick<ExportRequest, 'verify' | 'restart'> & { readonly exportId: string }, parts: RunParts, signal?: AbortSignal): AsyncGenerator<ExportProgress, void> {
  const { snapshot, format, options, withPhotos, tool } = settled;
  const total = snapshot.entryCount;
  let writing: Writing | null = null;
  let isWhole = false;
  try {
    const plan = await planExport(parts.sets, snapshot, settled, signal);
    writing = await beginWriting(target, settled, { restart, noteEveryMs: parts.noteEveryMs ?? standardNoteEveryMs });
    const splits = plan.splits.filter((name) => plan.masksOf(name) > 0);
    const opened = format.open({ snapshot, categories: plan.categories, splits, withPhotos, options, codec: parts.codec, tool });
    yield { kind: 'started', total, resumedAt: writing.done, splits: plan.splits.map((name) => ({ name, masks: plan.masksOf(name) })), advice: opened.advice ?? [], empty: plan.empty, exportId };
    const encodeParts: EncodeParts = { ...parts, snapshotId: snapshot.snapshotId, format: opened, withPhotos };
    const tell = createTeller('writing', total, () => writing?.bytes ?? 0);
    for await (const _ of writeItems(plan, writing, encodeParts, parts.concurrency, signal)) yield* tell(writing.done);
    await writing.note();
    isWhole = true;
    throwIfCancelled(signal);
    await writeClosingFiles(writing, opened, settled, plan.namesGranted);
    throwIfCancelled(signal);
    const { reportFile, lossy, leastIou } = yield* examine(writing, plan, settled, opened, verify, parts, signal);
    const report = await target.putReport('report.jsonl', reportFile);
    throwIfCancelled(signal);
    const { files, bytes } = writing;
    await writing.spools.close();
    await target.commit();
    yield { kind: 'finished', location: target.location, report, files, bytes, masks: total, lossy, verified: leastIou !== null, leastIou };
  } catch (error) {
    if (writing?.goesOn !== true || isCancelled(error) || (isExpected(error) && !isExpected(error, 'verification_failed'))) throw error;
    // A disk that lost or changed what the interrupted run had written: going on from that again would end here each time.
    isWhole = true;
    await writing.spools.close();
    await target.discard();
    throw new ExpectedError('verification_failed', `What an interrupted run had written to ${target.location} was damaged, and is thrown away. Run the same export again: it begins anew.`, { cause: error });
  } finally {
    // What came after the last note is written again; a target that fails to take a note has said why already.
    if (writing !== null && !isWhole) await writing.note().catch(() => undefined);
    await (writing ?? target).close();
  }
}
