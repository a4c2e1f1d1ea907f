import { z } from 'zod';

/**
 * What the demo is made of (resources/demo/recipe.json): packages that carry the photos, things cut out of them, and the pictures
 * composed from both. Coordinates of polygons and holes are pixels of the photo; those of layers are pixels of the picture made.
 */
const point = z.tuple([z.number(), z.number()]);
const colour = z.tuple([z.number().min(0).max(255), z.number().min(0).max(255), z.number().min(0).max(255)]);
const polygon = z.array(z.number()).min(6).refine((values) => values.length % 2 === 0, 'a polygon has an even count of numbers: x and y in turn');
const name = z.string().regex(/^[a-z0-9-]+$/);

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** As npm says it, for the whole tarball. */
  integrity: z.string().startsWith('sha512-'),
  licence: z.string(),
});

const photoSchema = z.object({ package: z.string(), path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const cutoutSchema = z.object({
  photo: name,
  /** Keyed from a white background (whiteKey.ts) ... */
  white: z
    .object({
      tolerance: z.number().min(0).max(255),
      keep: z.array(polygon).optional(),
      holes: z.array(z.number()).optional(),
    })
    .optional(),
  /** ... or traced by hand; with both, what both leave. */
  outline: z.array(polygon).optional(),
  /** Corners of the outline rounded: for hands and people. */
  round: z.boolean().default(false),
  /** Softness of a traced edge. */
  softPx: z.number().min(0).max(20).default(0),
});

const shadowSchema = z.object({
  offsetPx: point,
  /** 1: the thing's own shape; smaller: lying on the floor, flattened onto the thing's lower edge. */
  squash: z.number().positive().default(1),
  blurPx: z.number().min(0),
  opacity: z.number().min(0).max(1),
});

const layerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['product', 'front']),
    cutout: name,
    centrePx: point,
    widthPx: z.number().positive(),
    turnDeg: z.number().default(0),
    mirrored: z.boolean().default(false),
    motionPx: point.default([0, 0]),
    /** Light of the scene, a factor a channel. */
    gain: z.tuple([z.number(), z.number(), z.number()]).default([1, 1, 1]),
    shadow: shadowSchema.optional(),
  }),
  /** Something of the background's own photo, in its own place, in front of what was drawn so far. */
  z.object({ kind: z.literal('scenery'), cutout: name }),
  z.object({ kind: z.literal('caption'), text: z.string(), centrePx: point, capHeightPx: z.number().positive(), style: z.enum(['outline', 'bar']) }),
]);

const backgroundSchema = z.union([
  z.object({ photo: name, leftPx: z.number(), topPx: z.number(), widthPx: z.number().positive(), softPx: z.number().min(0).default(0), motionPx: point.default([0, 0]) }),
  /** Studio paper: a colour at the top, another at the bottom. */
  z.object({ top: colour, bottom: colour }),
]);

const composedSchema = z.object({ background: backgroundSchema, layers: z.array(layerSchema) });

const imageSchema = z.union([
  /** A photo as it is; `truth` names the cutout that is its true mask. */
  z.object({ imageId: z.string(), photo: name, truth: name }),
  composedSchema.extend({ imageId: z.string(), sizePx: point }),
]);

export const recipeSchema = z.object({
  /** Changes whenever the pictures change, so that an older demo is not taken for this one. */
  version: z.int().positive(),
  jobId: z.string(),
  industry: z.string(),
  packages: z.array(packageSchema),
  photos: z.record(name, photoSchema),
  cutouts: z.record(name, cutoutSchema),
  products: z.array(z.object({ productId: z.string(), title: z.string(), images: z.array(imageSchema) })),
  videos: z.array(
    z.object({
      videoId: z.string(),
      title: z.string(),
      sizePx: point,
      keyframes: z.array(composedSchema.extend({ frameId: z.string(), timestampS: z.number().min(0) })),
    }),
  ),
  /** What the pipeline's matcher would have found; scores 0..1. */
  matches: z.array(z.object({ imageId: z.string(), frameId: z.string(), score: z.number().min(0).max(1) })),
});

export type Recipe = z.infer<typeof recipeSchema>;
export type CutoutRecipe = z.infer<typeof cutoutSchema>;
export type ComposedRecipe = z.infer<typeof composedSchema>;
export type LayerRecipe = z.infer<typeof layerSchema>;
export type BackgroundRecipe = z.infer<typeof backgroundSchema>;
export type ShadowRecipe = z.infer<typeof shadowSchema>;
export type ImageRecipe = z.infer<typeof imageSchema>;
