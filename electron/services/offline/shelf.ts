import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sweepTemporaries, writeFileAtomic } from '../../base/atomicFile.ts';
import { fileError } from '../../base/fileError.ts';
import { sha256Hex } from '../../base/hash.ts';
import { Mutex } from '../../base/mutex.ts';
import { matteTrailSchema } from '../../../shared/contracts/rpc/matteTrail.ts';
import { promptRecordSchema } from '../../../shared/contracts/rpc/promptRecord.ts';
import { assetRefSchema, rejectReasonSchema, revisionIdSchema, sha256Schema, verdictIdSchema } from '../../../shared/contracts/rpc/types.ts';
import { assetKey, sameAsset, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Revision } from '../../../shared/domain/revision.ts';

/** Rows as they were read: ours, only typed. */
const row = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null);

const verdictSchema = z.object({
  kind: z.literal('verdict'),
  /** Fixed when it is given: sent twice, it counts once. */
  id: verdictIdSchema,
  sequence: z.int(),
  verdict: z.enum(['approve', 'reject', 'reopen']),
  reviewer: z.string(),
  /** The item as the person saw it, and as it is shown from then on. */
  before: row<Asset>(),
  after: row<Asset>(),
  expectedHead: revisionIdSchema.nullable(),
  /** Of a painted mask, whose blob is stored or waits: the version that it will be. */
  painted: row<Revision>().nullable(),
  /** The approval carries an edit, even one that ended where it began. */
  endsDraft: z.boolean(),
  reason: rejectReasonSchema.nullable(),
  note: z.string().nullable(),
  madeAtMs: z.number(),
});
export type ShelvedVerdict = z.infer<typeof verdictSchema>;

const draftSchema = z.object({
  kind: z.literal('draft'),
  id: z.string(),
  asset: assetRefSchema,
  reviewer: z.string(),
  baseRevisionId: revisionIdSchema.nullable(),
  widthPx: z.int().min(1),
  heightPx: z.int().min(1),
  /** shared/mask/rleBinary.ts as base64; null: the draft was dropped. */
  maskRle: z.base64().nullable(),
  prompts: promptRecordSchema.nullable(),
  mattes: matteTrailSchema.nullable(),
  /** The reviewer's draft in the store as this desk last knew it, by the digest of its RLE; null: there was none; absent: not known. */
  storeDraft: sha256Schema.nullable().optional(),
  madeAtMs: z.number(),
});
export type ShelvedDraft = z.infer<typeof draftSchema>;

const entrySchema = z.object({ version: z.literal(1), entry: z.discriminatedUnion('kind', [verdictSchema, draftSchema]) });

/** What a reviewer did on this machine while the store was away, a file each; one store's. */
export interface Shelf {
  /** In the order in which they were given. */
  verdicts(reviewer: string): readonly ShelvedVerdict[];
  verdictsOf(asset: AssetRef, reviewer: string): readonly ShelvedVerdict[];
  drafts(reviewer: string): readonly ShelvedDraft[];
  draftOf(asset: AssetRef, reviewer: string): ShelvedDraft | null;
  find(id: string): ShelvedVerdict | ShelvedDraft | null;
  /** On disk when it resolves. @throws ExpectedError disk_full, permission_denied */
  addVerdict(verdict: Omit<ShelvedVerdict, 'kind' | 'sequence'>): Promise<void>;
  putDraft(draft: Omit<ShelvedDraft, 'kind' | 'id'>): Promise<void>;
  remove(entry: Pick<ShelvedVerdict | ShelvedDraft, 'id' | 'kind'>): Promise<void>;
}

const extension = '.json';
const draftId = (asset: AssetRef, reviewer: string): string => sha256Hex(`${reviewer}\n${assetKey(asset)}`);

/** @throws ExpectedError permission_denied, file_unreadable */
const readEntries = async (folder: string, onDamaged: (path: string) => void): Promise<(ShelvedVerdict | ShelvedDraft)[]> => {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw fileError(error, folder);
  });
  const entries: (ShelvedVerdict | ShelvedDraft)[] = [];
  for (const name of names.filter((each) => each.endsWith(extension))) {
    const path = join(folder, name);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      throw fileError(error, path);
    });
    const parsed = entrySchema.safeParse(jsonOf(text));
    if (parsed.success) entries.push(parsed.data.entry);
    else {
      await rename(path, `${path}.damaged`);
      onDamaged(`${path}.damaged`);
    }
  }
  return entries;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** How much waits there, for a screen that has no store. */
export const countShelf = async (folder: string): Promise<{ readonly verdicts: number; readonly drafts: number }> => {
  const names = await readdir(folder).catch(() => []);
  const count = (prefix: string): number => names.filter((name) => name.startsWith(prefix) && name.endsWith(extension)).length;
  return { verdicts: count('verdict-'), drafts: count('draft-') };
};

/** @param onDamaged told of a file that can't be understood; it is kept beside the others */
export const openShelf = async (folder: string, onDamaged: (path: string) => void, onChange: () => void): Promise<Shelf> => {
  const turns = new Mutex();
  const byId = new Map((await readEntries(folder, onDamaged)).map((entry) => [`${entry.id}`, entry]));
  await sweepTemporaries(folder, { onUnreadable: () => undefined });
  const pathOf = ({ kind, id }: Pick<ShelvedVerdict | ShelvedDraft, 'id' | 'kind'>): string => join(folder, `${kind}-${encodeURIComponent(id)}${extension}`);
  const write = (entry: ShelvedVerdict | ShelvedDraft): Promise<void> =>
    turns.run(async () => {
      await writeFileAtomic(pathOf(entry), JSON.stringify({ version: 1, entry }));
      byId.set(entry.id, entry);
      onChange();
    });
  const all = [...byId.values()];
  let sequence = Math.max(0, ...all.map((entry) => (entry.kind === 'verdict' ? entry.sequence : 0)));

  const verdicts = (reviewer: string): readonly ShelvedVerdict[] =>
    [...byId.values()].filter((entry) => entry.kind === 'verdict').filter((entry) => entry.reviewer === reviewer).sort((a, b) => a.sequence - b.sequence);
  const drafts = (reviewer: string): readonly ShelvedDraft[] =>
    [...byId.values()].filter((entry) => entry.kind === 'draft').filter((entry) => entry.reviewer === reviewer).sort((a, b) => a.madeAtMs - b.madeAtMs);

  return {
    verdicts,
    verdictsOf: (asset, reviewer) => verdicts(reviewer).filter(({ before }) => sameAsset(before, asset)),
    drafts,
    draftOf: (asset, reviewer) => (byId.get(draftId(asset, reviewer)) as ShelvedDraft | undefined) ?? null,
    find: (id) => byId.get(id) ?? null,
    addVerdict: (verdict) => write({ ...verdict, kind: 'verdict', sequence: ++sequence }),
    putDraft: (draft) => write({ ...draft, kind: 'draft', id: draftId(draft.asset, draft.reviewer) }),
    remove: (entry) =>
      turns.run(async () => {
        await rm(pathOf(entry), { force: true });
        if (byId.delete(entry.id)) onChange();
      }),
  };
};
