import { createApp, type App } from '../createApp.ts';
import { loadConfig } from '../config.ts';
import type { ImportPreview, MaskImportProgress } from '../../../shared/contracts/rpc/maskImports.ts';
import type { ImportFormatId } from '../../../shared/domain/formatIds.ts';
import type { SomeDecisions } from '../../../shared/domain/importDecisions.ts';
import { asId, type Sha256 } from '../../../shared/domain/ids.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import { readStoredMask } from '../../services/pixels/storedMask.ts';

type Finished = Extract<MaskImportProgress, { kind: 'finished' }>;

export const openStore = async (storeDir: string): Promise<App> => createApp(await loadConfig({ storeDir, create: true, reviewer: 'bo', background: false }));

export const look = async ({ services }: App, source: string, decisions: SomeDecisions = {}, format: ImportFormatId | 'auto' = 'auto'): Promise<ImportPreview> => {
  let preview: ImportPreview | null = null;
  for await (const step of services.maskImports.inspect({ source, format, decisions })) if (step.kind === 'preview') preview = step.preview;
  return present(preview, 'the preview');
};

/** Looks and takes in, as the command line does. */
export const takeIn = async (app: App, source: string, decisions: SomeDecisions = {}, format: ImportFormatId | 'auto' = 'auto'): Promise<Finished> => {
  const { inspectionId } = await look(app, source, decisions, format);
  return takeInWhatWasSeen(app, inspectionId, decisions);
};

export const takeInWhatWasSeen = async (app: App, inspectionId: string, decisions: SomeDecisions = {}): Promise<Finished> => {
  let finished: Finished | null = null;
  for await (const step of app.services.maskImports.apply(inspectionId, decisions)) if (step.kind === 'finished') finished = step;
  return present(finished, 'the end of the import');
};

/** Of the head, by asset id; null: it has none. */
export const headMasks = async ({ services: { store }, blobs, codec }: App): Promise<Map<string, Bitmap | null>> => {
  const masks = new Map<string, Bitmap | null>();
  for (const { id, headRevisionId } of (await store.assets.list({ limit: 500 })).assets) {
    const head = headRevisionId === null ? null : await store.revisions.get(headRevisionId);
    masks.set(id, head === null ? null : await codec.decodeMask(await readStoredMask(blobs, asId<Sha256>(head.maskSha256))));
  }
  return masks;
};
