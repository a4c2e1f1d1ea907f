import { pieceSize, type Adjustment } from './adjustment.ts';

export const fillHoles: Adjustment = { kind: 'fillHoles', name: 'Fill holes', does: 'fill all small holes', note: 'Holes with fewer pixels than this are filled.', amount: pieceSize };
