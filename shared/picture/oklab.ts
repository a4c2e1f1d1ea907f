/** A colour in OKLab (Ottosson 2020): lightness 0..1 and two opponent axes, about -0.4..0.4. Equal distances look about equally different. */
export interface Oklab {
  readonly lightness: number;
  readonly a: number;
  readonly b: number;
}

/** sRGB's transfer curve (IEC 61966-2-1), by byte. */
const linearOfByte = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Cube roots by 1/65535: the function itself is most of a conversion's time, and the darkest byte of sRGB is 20 of these steps. */
const rootSteps = 65535;
const cubeRoots = Float32Array.from({ length: rootSteps + 2 }, (_, step) => Math.cbrt(step / rootSteps));
const root = (value: number): number => cubeRoots[(value * rootSteps + 0.5) | 0] as number;

/** @param red, green, blue sRGB bytes */
export const oklabOf = (red: number, green: number, blue: number): Oklab => {
  const [r, g, b] = [linearOfByte[red] as number, linearOfByte[green] as number, linearOfByte[blue] as number];
  const long = root(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const middle = root(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = root(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    lightness: 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    a: 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    b: 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  };
};

/** How different two colours look: 0 the same, 1 black and white. */
export const oklabDistance = (one: Oklab, other: Oklab): number => Math.hypot(one.lightness - other.lightness, one.a - other.a, one.b - other.b);

/**
 * The distance of pixels to one colour, in steps of 1/255, 254 at most. Ten nanoseconds a pixel: nothing is allocated, and pictures are asked
 * about where it matters only.
 * @param data RGBA bytes @returns by the index of a pixel (not of a byte)
 */
export const levelsFrom = (data: Uint8Array | Uint8ClampedArray, { lightness, a, b }: Oklab): ((at: number) => number) => {
  return (at) => {
    const byte = at << 2;
    const red = linearOfByte[data[byte] as number] as number;
    const green = linearOfByte[data[byte + 1] as number] as number;
    const blue = linearOfByte[data[byte + 2] as number] as number;
    const long = cubeRoots[((0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) * rootSteps + 0.5) | 0] as number;
    const middle = cubeRoots[((0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) * rootSteps + 0.5) | 0] as number;
    const short = cubeRoots[((0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) * rootSteps + 0.5) | 0] as number;
    const dl = 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short - lightness;
    const da = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short - a;
    const db = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short - b;
    const level = (Math.sqrt(dl * dl + da * da + db * db) * 255 + 0.5) | 0;
    return level < farthestLevel ? level : farthestLevel;
  };
};

/** The largest level there is; what is this far is as good as another picture. */
export const farthestLevel = 254;
