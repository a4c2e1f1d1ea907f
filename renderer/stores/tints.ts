/** 8-bit sRGB. */
interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/**
 * Colours to draw masks in. They differ in lightness as well as in hue, so that people with any colour vision tell them apart, and one of
 * them differs from whatever is in the photo. Their order is that of the key that goes through them.
 */
export const tints = {
  cyan: { label: 'Cyan', red: 0x22, green: 0xc7, blue: 0xd6 },
  yellow: { label: 'Yellow', red: 0xff, green: 0xe1, blue: 0x1a },
  rose: { label: 'Rose', red: 0xff, green: 0x2e, blue: 0x7a },
  blue: { label: 'Blue', red: 0x2a, green: 0x3f, blue: 0xff },
} as const satisfies Record<string, Colour & { readonly label: string }>;

export type TintId = keyof typeof tints;
export const tintIds = Object.keys(tints) as readonly TintId[];
export const isTintId = (value: unknown): value is TintId => tintIds.includes(value as TintId);

export const nextTintId = (id: TintId): TintId => tintIds[(tintIds.indexOf(id) + 1) % tintIds.length] ?? id;
