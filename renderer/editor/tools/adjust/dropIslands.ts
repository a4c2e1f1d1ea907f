import { pieceSize, type Adjustment } from './adjustment.ts';

export const dropIslands: Adjustment = {
  kind: 'dropIslands',
  name: 'Drop islands',
  alsoCalled: ['Remove specks', 'Despeckle'],
  does: 'take all small islands away',
  note: 'Pieces with fewer pixels than this go; the largest stays.',
  amount: pieceSize,
};
