import { z } from 'zod';
import { ExpectedError } from '../../../shared/errors/errors.ts';

const place = z.number().finite();

/** One line of `maskdesk prompt`: what to look at, and what is said about it. */
const lineSchema = z
  .strictObject({
    /** Comes back with the answer and names its file; default: the line's number. */
    id: z.union([z.string().min(1).max(255), z.number()]).optional(),
    image: z.string().min(1),
    points: z.array(z.strictObject({ x: place, y: place, label: z.literal([0, 1], { error: '1 to keep what is there, 0 to leave it out' }).default(1) })).max(200).default([]),
    /** x0, y0, x1, y1 */
    box: z.tuple([place, place, place, place]).nullish(),
    /** A mask of the photo's size to continue from; one that an earlier line was answered with continues from the model's own logits. */
    mask: z.string().min(1).nullish(),
    /** Whether the points are answered one by one, each continuing from the answer before it; default: unless there is a mask. */
    chain: z.boolean().optional(),
    /** Which candidate is the answer; default: the one that the model thinks best. */
    candidate: z.int().min(0).optional(),
  })
  .refine(({ box }) => box == null || (box[0] < box[2] && box[1] < box[3]), { path: ['box'], message: 'x0 < x1 and y0 < y1' })
  .refine(({ points, box, mask }) => points.length > 0 || box != null || mask != null, 'a prompt has points, a box or a mask');
export type PromptLine = z.infer<typeof lineSchema>;

/** The id of a line, as far as it can be told: a line that is wrong is answered too. */
export const idOfLine = (parsed: unknown, lineNumber: number): string | number => {
  const id = typeof parsed === 'object' && parsed !== null ? (parsed as { readonly id?: unknown }).id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? id : lineNumber;
};

/** @throws ExpectedError invalid_input, a sentence with every fault */
export const checkLine = (parsed: unknown): PromptLine => {
  const checked = lineSchema.safeParse(parsed);
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  throw new ExpectedError('invalid_input', `This line is no prompt: ${faults.join('; ')}.`);
};

/**
 * Points and boxes lie on the photo: whoever mixes up pixels with shares, x with y, or two sizes of a photo gets no answer about another place.
 * @throws ExpectedError invalid_input, with the photo's size
 */
export const checkPlaces = ({ points, box }: PromptLine, photo: { readonly imageWidthPx: number; readonly imageHeightPx: number }): void => {
  const { imageWidthPx, imageHeightPx } = photo;
  const isOn = (x: number, y: number): boolean => x >= 0 && y >= 0 && x <= imageWidthPx && y <= imageHeightPx;
  const faults = points.flatMap(({ x, y }, index) => (isOn(x, y) ? [] : [`point ${index + 1} (${x}, ${y}) lies outside`]));
  if (box != null && !(isOn(box[0], box[1]) && isOn(box[2], box[3]))) faults.push(`the box (${box.join(', ')}) reaches outside`);
  if (faults.length > 0) throw new ExpectedError('invalid_input', `The photo has ${imageWidthPx} x ${imageHeightPx} px: ${faults.join('; ')}.`);
};

/** @throws ExpectedError invalid_input */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ExpectedError('invalid_input', `This line is not JSON: ${(error as Error).message}`, { cause: error });
  }
};
