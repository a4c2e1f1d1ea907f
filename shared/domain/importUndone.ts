const photos = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'photo has' : 'photos have'}`;
const masks = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'mask' : 'masks'}`;

/** What taking an import back came to, a sentence a part; counts of photos. */
export const undoneWords = ({ restored, withdrawn, kept }: { readonly restored: number; readonly withdrawn: number; readonly kept: number }): string =>
  [
    restored === 0 ? null : `${photos(restored)} again what was there before the import.`,
    withdrawn === 0 ? null : `${masks(withdrawn)} no longer ${withdrawn === 1 ? 'waits' : 'wait'} beside people's work.`,
    kept === 0 ? null : `${masks(kept)} ${kept === 1 ? 'stays' : 'stay'}, since people have gone on from ${kept === 1 ? 'it' : 'them'}.`,
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
