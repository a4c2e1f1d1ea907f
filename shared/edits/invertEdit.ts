import type { Edit } from './edit.ts';

/** The edit that takes this one back. */
export const invertEdit = (edit: Edit): Edit => ({
  ...edit,
  tiles: edit.tiles.map(({ index, before, after }) => ({ index, before: after, after: before })),
});
