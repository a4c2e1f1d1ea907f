/** What a pixel of a person can be; the order is that of the planes. */
export const personClasses = ['hair', 'bodySkin', 'faceSkin', 'clothes', 'accessories'] as const;
export type PersonClass = (typeof personClasses)[number];

/** Probability 0..1 a pixel that it is of that class, row-major, at the model's own size; what is missing to 1 is background. */
export interface PeopleMap {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly planes: Readonly<Record<PersonClass, Float32Array>>;
}

/** The probability that a pixel is of any of these classes. */
export const probabilityOf = ({ planes }: PeopleMap, classes: readonly PersonClass[]): Float32Array => {
  const [first, ...others] = classes.map((name) => planes[name]);
  if (first === undefined) return new Float32Array(planes.hair.length);
  const sum = first.slice();
  for (const plane of others) for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (plane[at] as number);
  return sum;
};
