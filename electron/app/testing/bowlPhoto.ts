import { encodeJpeg } from '../../imaging/index.ts';

/** A picture whose true mask is known, for the real models. */
export const widthPx = 800;
export const heightPx = 600;
/** A shaded bowl-like shape on a table: an upper half of an ellipse on a smaller foot. */
const inside = (x: number, y: number): boolean => {
  const bowl = ((x - 400) / 210) ** 2 + ((y - 250) / 170) ** 2 <= 1 && y >= 200;
  return bowl || (Math.abs(x - 400) <= 70 && y >= 380 && y <= 470);
};
/** 255 where the shape is. */
export const truth = Uint8Array.from({ length: widthPx * heightPx }, (_, index) => (inside(index % widthPx, Math.floor(index / widthPx)) ? 255 : 0));

const picture = (): Uint8Array => {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let index = 0; index < truth.length; index++) {
    const x = index % widthPx;
    const y = Math.floor(index / widthPx);
    // Grain, so that nothing is flatter than a camera makes it.
    const grain = ((x * 7919 + y * 104_729) % 13) - 6;
    const shade = (x - 190) / 420;
    const colour = truth[index] === 255 ? [205 - 120 * shade, 70 - 30 * shade, 45 - 20 * shade] : y > 440 ? [196, 184, 168] : [226 - y / 20, 228 - y / 20, 230 - y / 20];
    colour.forEach((value, channel) => {
      data[3 * index + channel] = Math.max(0, Math.min(255, value + grain));
    });
  }
  return data;
};

/** Of masks of 0 and 255. */
export const iouOf = (a: Uint8Array, b: Uint8Array): number => {
  let both = 0;
  let either = 0;
  for (let index = 0; index < a.length; index++) {
    if (a[index] === 255 && b[index] === 255) both++;
    if (a[index] === 255 || b[index] === 255) either++;
  }
  return both / either;
};

export const bowlPhoto = (): Promise<Uint8Array> => encodeJpeg({ widthPx, heightPx, data: picture() }, 92);
