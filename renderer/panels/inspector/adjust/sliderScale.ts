export interface SliderRange {
  readonly least: number;
  readonly most: number;
}

/** As fine as a slider of the inspector's width can be moved. */
export const positions = 240;
/** How much of the way small amounts get: the curve is a straight line near the least and octaves beyond. */
const bend = 12;

const curve = (share: number): number => Math.expm1(share * Math.log1p(bend * bend)) / (bend * bend);
const inverse = (share: number): number => Math.log1p(share * bend * bend) / Math.log1p(bend * bend);

/** Small amounts are the usual ones and differ most: 1 to 20 px gets half of a slider that goes to 200. */
export const toPosition = ({ least, most }: SliderRange, value: number): number => inverse((value - least) / (most - least)) * positions;
export const fromPosition = ({ least, most }: SliderRange, position: number): number => least + curve(position / positions) * (most - least);
