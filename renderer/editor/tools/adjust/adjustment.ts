import type { AdjustKind } from '../../../../shared/raster/adjustMask.ts';

/** How much of an adjustment there is, as a person sets it. */
export interface AdjustmentAmount {
  /** "Radius" */
  readonly label: string;
  /** A distance, or how many pixels a piece has; both are told in px. */
  readonly of: 'distance' | 'count';
  readonly least: number;
  readonly most: number;
  /** Of the amounts that can be chosen. */
  readonly step: number;
}

/** One way to change a whole mask, told to people. */
export interface Adjustment {
  readonly kind: AdjustKind;
  readonly name: string;
  /** In other programs; see Action. */
  readonly alsoCalled?: readonly string[];
  /** For the palette: what it does, as an order. */
  readonly does: string;
  /** Under the slider: what to expect. */
  readonly note: string;
  /** Null: there is nothing to set. */
  readonly amount: AdjustmentAmount | null;
}

/** Of discs: half pixels matter while they are small (1.5 px takes the diagonal neighbours too). */
export const radius = (label = 'Radius'): AdjustmentAmount => ({ label, of: 'distance', least: 0.5, most: 200, step: 0.5 });
/** Of pieces. */
export const pieceSize: AdjustmentAmount = { label: 'Smaller than', of: 'count', least: 2, most: 1_000_000, step: 1 };
