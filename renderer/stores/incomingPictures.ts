import { create } from 'zustand';
import type { IncomingPicture } from '../../shared/contracts/rpc/maskImports.ts';

interface IncomingPicturesState {
  readonly inspectionId: string | null;
  /** By the number of the image in the source. */
  readonly pictures: Readonly<Record<number, IncomingPicture>>;
  /** The image that is shown large; null: none. */
  readonly lookedAt: number | null;
  /** Why the rest could not be made. */
  readonly error: string | null;
}

const nothing: IncomingPicturesState = { inspectionId: null, pictures: {}, lookedAt: null, error: null };

/** Masks of the source in hand over their photos, as far as they are made. */
export const useIncomingPictures = create<IncomingPicturesState>(() => nothing);

/** Those of another inspection are let go; those of this one stay till newer ones come. */
export const startPictures = (inspectionId: string): void => useIncomingPictures.setState(({ inspectionId: before, pictures, lookedAt }) => ({ ...nothing, inspectionId, ...(before === inspectionId ? { pictures, lookedAt } : {}) }));

export const tellPicture = (inspectionId: string, picture: IncomingPicture): void =>
  useIncomingPictures.setState((state) => (state.inspectionId === inspectionId ? { pictures: { ...state.pictures, [picture.image]: picture } } : state));

export const failPictures = (inspectionId: string, error: string): void => useIncomingPictures.setState((state) => (state.inspectionId === inspectionId ? { error } : state));

export const lookAt = (lookedAt: number | null): void => useIncomingPictures.setState({ lookedAt });
