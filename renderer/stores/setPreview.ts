import { create } from 'zustand';
import type { AssetRef } from '../../shared/domain/asset.ts';
import type { AssetFilter } from '../../shared/domain/assetQuery.ts';
import type { SetMeasure, Snapshot } from '../../shared/domain/maskSet.ts';
import { core } from '../bridge/core.ts';
import { sentenceOf } from '../bridge/errors.ts';
import { LatestQuestion } from '../bridge/latestQuestion.ts';
import { sentFilter } from './setFilter.ts';

/** A picture of the set; `version` changes with what its thumbnail shows. */
export interface SetSample {
  readonly asset: AssetRef;
  readonly title: string | null;
  readonly version: string;
}

interface SetPreviewState {
  /** Of a filter, as it is now; null before the first answer, and for a snapshot. */
  readonly measure: SetMeasure | null;
  readonly samples: readonly SetSample[];
  readonly isReading: boolean;
  readonly error: string | null;
}

/** What an export would take, read anew with each change of the choice. */
export const useSetPreview = create<SetPreviewState>(() => ({ measure: null, samples: [], isReading: false, error: null }));

const question = new LatestQuestion();

const read = async (put: (signal: AbortSignal) => Promise<Pick<SetPreviewState, 'measure' | 'samples'>>): Promise<void> => {
  useSetPreview.setState({ isReading: true });
  try {
    const told = await question.ask(put);
    if (told !== null) useSetPreview.setState({ ...told.answer, isReading: false, error: null });
  } catch (error) {
    useSetPreview.setState({ isReading: false, error: sentenceOf(error) });
  }
};

/** What the filter finds now. */
export const previewFilter = (filter: AssetFilter): Promise<void> =>
  read(async (signal) => {
    const { samples, ...measure } = await core().sets.preview({ filter: sentFilter(filter) }, { signal });
    return { measure, samples: samples.map(({ kind, id, title, headRevisionId }) => ({ asset: { kind, id }, title, version: headRevisionId ?? 'none' })) };
  });

/** What was frozen. Thumbnails show the mask of now: one that was changed since looks like that. */
export const previewSnapshot = ({ snapshotId }: Snapshot): Promise<void> =>
  read(async (signal) => {
    const entries = await core().sets.sample({ snapshotId }, { signal });
    return { measure: null, samples: entries.map(({ asset, title }) => ({ asset, title, version: `snapshot-${snapshotId}` })) };
  });
