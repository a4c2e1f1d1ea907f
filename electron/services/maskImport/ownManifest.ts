import { z } from 'zod';
import { assetKinds } from '../../../shared/domain/asset.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';

/** What our own exports say of each mask (services/export/manifest.ts), as far as an import wants to know it. */
const rowSchema = z.object({
  asset_kind: z.enum(assetKinds),
  asset_id: z.string().min(1).max(255),
  file: z.string().min(1).max(1000),
  source_path: z.string().max(2000),
  /** Of the file in the store that was exported; null: no photos came along, and nobody read it. */
  photo_sha256: z.string().regex(/^[0-9a-f]{64}$/).nullish().catch(null),
  /** Of mask and photo, in pixels. */
  width: z.number().int().positive().nullish().catch(null),
  height: z.number().int().positive().nullish().catch(null),
  product_id: z.string().min(1).max(255).nullable(),
  video_id: z.string().min(1).max(255).nullable(),
  title: z.string().max(10_000).nullable(),
  timestamp_s: z.number().min(0).nullable(),
  job_id: z.string().min(1).max(255).nullable(),
});
export type ManifestLine = z.infer<typeof rowSchema>;

/** By the file name without ending that the mask has in the export. */
export type OwnManifest = ReadonlyMap<string, ManifestLine>;

const fileName = 'manifest.jsonl';
const chunkBytes = 2 ** 20;
/** Longer ones are none of ours. */
const maxLineLength = 2 ** 20;

/** However large the file is, a piece at a time. */
async function* linesOf(source: AnnotationSource, path: string): AsyncGenerator<string> {
  const file = await source.open(path);
  try {
    const decoder = new TextDecoder();
    let rest = '';
    for (let offset = 0; offset < file.sizeBytes; offset += chunkBytes) {
      const lines = (rest + decoder.decode(await file.read(offset, chunkBytes), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
      if (rest.length > maxLineLength) break;
    }
    yield rest;
  } finally {
    await file.close();
  }
}

const parsed = (line: string): ManifestLine | null => {
  try {
    return rowSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
};

/**
 * Null where there is none, or another program's.
 * @throws ExpectedError annotations_invalid where it begins as ours and goes on otherwise
 */
export const readOwnManifest = async (source: AnnotationSource): Promise<OwnManifest | null> => {
  const found = (await source.files()).filter(({ path }) => path === fileName || path.endsWith(`/${fileName}`)).sort((a, b) => a.path.length - b.path.length)[0];
  if (found === undefined) return null;
  const rows = new Map<string, ManifestLine>();
  let number = 0;
  for await (const line of linesOf(source, found.path)) {
    number++;
    if (line.trim() === '') continue;
    const row = parsed(line);
    if (row === null) {
      if (rows.size === 0) return null;
      throw new ExpectedError('annotations_invalid', `${found.path}, line ${number}: this is no line of an export's manifest, as those before it are. Take the file away to import without it.`);
    }
    rows.set(row.file, row);
  }
  return rows.size === 0 ? null : rows;
};
