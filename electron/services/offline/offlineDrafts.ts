import { sha256Hex } from '../../base/hash.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { parseSentMask } from '../pixels/maskPixels.ts';
import type { PixelService } from '../services.ts';
import type { KnownRows } from './knownRows.ts';
import { awayPartOf } from './reachability.ts';
import type { Shelf, ShelvedDraft } from './shelf.ts';

type Drafts = Pick<PixelService, 'draft' | 'saveDraft' | 'removeDraft'>;

interface OfflineDraftsParts {
  readonly pixels: Drafts;
  readonly store: Pick<Store, 'drafts'>;
  readonly shelf: Shelf;
  readonly known: KnownRows;
  readonly nowMs: () => number;
  readonly reviewer: () => string;
}

export const digestOfRle = (maskRle: Uint8Array | null | undefined): Sha256 | null => (maskRle == null ? null : sha256Hex(maskRle));

export const rleOf = ({ maskRle }: ShelvedDraft): Uint8Array | null => (maskRle === null ? null : new Uint8Array(Buffer.from(maskRle, 'base64')));

/** Whether the store's draft is the one that this desk knew when it shelved its own: nobody has painted meanwhile elsewhere. */
export const isSeenDraft = (entry: ShelvedDraft, inStore: Uint8Array | null): boolean => {
  const there = digestOfRle(inStore);
  return there === null || there === entry.storeDraft || there === digestOfRle(rleOf(entry));
};

/**
 * Drafts as always; while the store is away they are kept on the shelf. One that is there stays there, and is what its asset opens with, until it
 * is sent: the store may hold another one by then.
 */
export const createOfflineDrafts = ({ pixels, store, shelf, known, nowMs, reviewer }: OfflineDraftsParts): Drafts => {
  /** What the store held when it was last asked. */
  const inStore = new Map<string, Sha256 | null>();
  const whereKnown = (ref: AssetRef): Pick<ShelvedDraft, 'storeDraft'> => {
    const digest = inStore.get(assetKey(ref));
    if (digest !== undefined) return { storeDraft: digest };
    // A row without a draft of one's own says it too.
    return known.asset(ref)?.draftsBy.includes(reviewer()) === false ? { storeDraft: null } : {};
  };

  const orAway = async (work: () => Promise<void>, instead: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (awayPartOf(error) === null) throw error;
      await instead();
    }
  };

  const sizeOf = (ref: AssetRef): { readonly widthPx: number; readonly heightPx: number } => {
    const asset = known.asset(ref);
    if (asset?.widthPx == null || asset.heightPx === null) throw new ExpectedError('store_unreachable', `The store can’t be reached, and the size of ${ref.id} is not known here: its draft can’t be kept.`);
    return { widthPx: asset.widthPx, heightPx: asset.heightPx };
  };

  return {
    draft: async (ref) => {
      const waiting = shelf.draftOf(ref, reviewer());
      if (waiting !== null) {
        const maskRle = rleOf(waiting);
        return maskRle === null ? null : { maskRle, baseRevisionId: waiting.baseRevisionId, prompts: waiting.prompts, mattes: waiting.mattes };
      }
      const found = await pixels.draft(ref);
      inStore.set(assetKey(ref), digestOfRle(found?.maskRle));
      return found;
    },

    saveDraft: async (ref, baseRevisionId, maskRle, beside = {}) => {
      const whose = reviewer();
      const waiting = shelf.draftOf(ref, whose);
      const keep = async (): Promise<void> => {
        const size = waiting ?? sizeOf(ref);
        parseSentMask(maskRle, size);
        const { widthPx, heightPx } = size;
        const seen = waiting === null ? whereKnown(ref) : waiting.storeDraft === undefined ? {} : { storeDraft: waiting.storeDraft };
        const { prompts = null, mattes = null } = beside;
        await shelf.putDraft({ asset: { kind: ref.kind, id: ref.id }, reviewer: whose, baseRevisionId, widthPx, heightPx, maskRle: Buffer.from(maskRle).toString('base64'), prompts, mattes, ...seen, madeAtMs: nowMs() });
      };
      if (waiting !== null) return keep();
      await orAway(async () => {
        await pixels.saveDraft(ref, baseRevisionId, maskRle, beside);
        inStore.set(assetKey(ref), digestOfRle(maskRle));
      }, keep);
    },

    removeDraft: async (ref) => {
      const whose = reviewer();
      const waiting = shelf.draftOf(ref, whose);
      if (waiting !== null && waiting.storeDraft === null) return shelf.remove(waiting);
      if (waiting === null && inStore.get(assetKey(ref)) === null) {
        // Nothing to drop; the store is told all the same where it can be.
        return orAway(() => pixels.removeDraft(ref), () => Promise.resolve());
      }
      await orAway(
        async () => {
          const there = waiting === null ? null : await store.drafts.get(ref, whose);
          // What was painted elsewhere meanwhile is not what was dropped here.
          if (waiting === null || isSeenDraft(waiting, there?.maskRle ?? null)) await pixels.removeDraft(ref);
          if (waiting !== null) await shelf.remove(waiting);
          inStore.set(assetKey(ref), null);
        },
        async () => {
          const size = waiting ?? sizeOf(ref);
          const seen = waiting?.storeDraft === undefined ? whereKnown(ref) : { storeDraft: waiting.storeDraft };
          if (seen.storeDraft === null) return;
          await shelf.putDraft({ asset: { kind: ref.kind, id: ref.id }, reviewer: whose, baseRevisionId: null, widthPx: size.widthPx, heightPx: size.heightPx, maskRle: null, prompts: null, mattes: null, ...seen, madeAtMs: nowMs() });
        },
      );
    },
  };
};
