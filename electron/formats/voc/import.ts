import { steppingOver, type AnnotatedImage, type ImportContext, type ImportFormat } from '../../../shared/ports/importFormat.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import type { SampleImage } from '../../../shared/ports/imageCodec.ts';
import { brokenAt } from '../broken.ts';
import { baseName, isPicture, withoutEnding } from '../labels/fileNames.ts';
import { instancesOf, keepLast, keysIn, mostInstances, readPicture, type KeyedRaster } from '../labels/keyedRaster.ts';
import { colourKey } from '../labels/vocColours.ts';
import { backgroundName, parseLabelMap, standardLabelMap, voidIndex, type LabelMap } from './labelMap.ts';

const classFolder = 'SegmentationClass/';
const voidRemark = 'The border that VOC leaves open (void) is taken as outside.';
/** The development kit's cream, and white: void in pictures without indices. */
const voidColours = new Set([colourKey(224, 224, 192), colourKey(255, 255, 255)]);

interface VocImage {
  /** Path of the classes; null: the image is only in a list. */
  readonly classes: string | null;
  readonly objects: string | null;
  readonly stem: string;
  readonly photo: string | null;
}

/** A label for each index that a picture may hold, or its colours; -1: void. */
const labelsOf = (path: string, { channels, data, palette }: SampleImage, bitDepth: number, map: LabelMap, hasNames: boolean): Int16Array => {
  const pixels = data.length / channels;
  const labels = new Int16Array(pixels);
  const fault = (what: string) => brokenAt(path, null, `${what} is none of the labels${hasNames ? ' of labelmap.txt' : ' of PASCAL VOC'}.`);
  if (channels <= 2) {
    const ofIndex = new Map<number, number>();
    const find = (index: number): number => {
      const colour = palette === null ? undefined : map.byColour.get(colourKey(palette[index * 3] as number, palette[index * 3 + 1] as number, palette[index * 3 + 2] as number));
      if (index === voidIndex && (palette === null || colour === undefined || !hasNames)) return -1;
      // Colours say which label it is where labels have colours of their own; greys and other palettes leave the index.
      const label = hasNames && colour !== undefined ? colour : index;
      if (label >= map.names.length) throw fault(`The index ${index}`);
      return label;
    };
    for (let pixel = 0; pixel < pixels; pixel++) {
      const index = data[pixel * channels] as number;
      let label = ofIndex.get(index);
      if (label === undefined) ofIndex.set(index, (label = find(index)));
      labels[pixel] = label;
    }
    return labels;
  }
  if (bitDepth !== 8) throw brokenAt(path, null, 'Colours of 16 bits are no labels.');
  let [beforeKey, before] = [-1, 0];
  for (let pixel = 0; pixel < pixels; pixel++) {
    const key = colourKey(data[pixel * channels] as number, data[pixel * channels + 1] as number, data[pixel * channels + 2] as number);
    if (key !== beforeKey) {
      const label = map.byColour.get(key) ?? (voidColours.has(key) ? -1 : undefined);
      if (label === undefined) throw fault(`The colour ${key >> 16}, ${(key >> 8) & 255}, ${key & 255}`);
      [beforeKey, before] = [key, label];
    }
    labels[pixel] = before;
  }
  return labels;
};

/** Numbers of objects: indices, or colours that stand for them. */
const objectAt = ({ channels, data }: SampleImage, pixel: number): number =>
  channels <= 2 ? (data[pixel * channels] as number) : colourKey(data[pixel * channels] as number, data[pixel * channels + 1] as number, data[pixel * channels + 2] as number);

/** Index 0 where no label says that it is it. */
const backgroundOf = ({ names }: LabelMap): number => Math.max(0, names.indexOf(backgroundName));

/** Key: class in the low byte, object over it, so that an object of two classes is two instances. */
const rasterOf = async (source: AnnotationSource, context: ImportContext, image: VocImage, map: LabelMap, hasNames: boolean): Promise<KeyedRaster> => {
  const path = image.classes as string;
  const decode = (bytes: Uint8Array): Promise<SampleImage> => context.codec.decodeSamples(bytes);
  const classes = await readPicture(source, context, path, decode);
  const labels = labelsOf(path, classes, classes.bitDepth, map, hasNames);
  const background = backgroundOf(map);
  const objects = image.objects === null ? null : await readPicture(source, context, image.objects, decode);
  if (objects !== null && (objects.widthPx !== classes.widthPx || objects.heightPx !== classes.heightPx)) {
    throw brokenAt(image.objects as string, null, `It is ${objects.widthPx} x ${objects.heightPx} pixels, and the classes in ${path} are ${classes.widthPx} x ${classes.heightPx}.`);
  }
  const keys = new Uint32Array(labels.length);
  const numbers = new Map<number, number>([[0, 0]]);
  let hasVoid = false;
  for (let pixel = 0; pixel < labels.length; pixel++) {
    const label = labels[pixel] as number;
    if (label === -1) hasVoid = true;
    if (label === -1 || label === background) continue;
    const object = objects === null ? 0 : objectAt(objects, pixel);
    let number = numbers.get(object);
    if (number === undefined) numbers.set(object, (number = objects !== null && objects.channels <= 2 ? object : numbers.size));
    if (numbers.size > mostInstances) throw brokenAt(image.objects as string, null, `It has more than ${mostInstances} objects: is it a picture of labels?`);
    // Class 0 is a class where the background has another place.
    keys[pixel] = (number << 8) | (label + 1);
  }
  return { widthPx: classes.widthPx, heightPx: classes.heightPx, keys, remarks: hasVoid ? [voidRemark] : [] };
};

const listed = async (source: AnnotationSource, files: readonly string[]): Promise<readonly string[]> => {
  const stems: string[] = [];
  for (const path of files.filter((file) => /(^|\/)ImageSets\/Segmentation\/[^/]+\.txt$/.test(file))) {
    const text = new TextDecoder().decode(await source.read(path));
    stems.push(...text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== ''));
  }
  return stems;
};

const findImages = async (source: AnnotationSource): Promise<readonly VocImage[]> => {
  const files = (await source.files()).map(({ path }) => path);
  const known = new Set(files);
  const photos = new Map(files.filter((path) => /(^|\/)JPEGImages\//.test(path) && isPicture(path)).map((path) => [withoutEnding(path.slice(path.indexOf('JPEGImages/') + 11)), path]));
  const images = new Map<string, VocImage>();
  for (const path of files) {
    const at = path.indexOf(classFolder);
    if (at === -1 || (at > 0 && path[at - 1] !== '/') || !/\.png$/i.test(path)) continue;
    const objects = `${path.slice(0, at)}SegmentationObject/${path.slice(at + classFolder.length)}`;
    const stem = withoutEnding(path.slice(at + classFolder.length));
    images.set(path, { classes: path, objects: known.has(objects) ? objects : null, stem, photo: photos.get(stem) ?? null });
  }
  const stems = new Set([...images.values()].map(({ stem }) => stem));
  for (const stem of new Set(await listed(source, files))) if (!stems.has(stem)) images.set(stem, { classes: null, objects: null, stem, photo: photos.get(stem) ?? null });
  return [...images.values()];
};

const nameOf = (map: LabelMap, key: number): string => map.names[(key & 255) - 1] as string;

export const vocImport: ImportFormat = {
  id: 'voc',
  label: 'PASCAL VOC',
  summary: 'A folder with SegmentationClass, and SegmentationObject where objects are told apart: index PNGs, or colours of a labelmap.txt.',
  recognise: async (source) => {
    const files = await source.files();
    const classes = files.some(({ path }) => /(^|\/)SegmentationClass\/.+\.png$/i.test(path));
    return !classes ? 0 : files.some(({ path }) => /(^|\/)(SegmentationObject\/|ImageSets\/|labelmap\.txt$)/.test(path)) ? 0.95 : 0.8;
  },
  open: async (source, context) => {
    const mapPath = (await source.files()).map(({ path }) => path).find((path) => baseName(path) === 'labelmap.txt');
    const map = mapPath === undefined ? standardLabelMap : parseLabelMap(mapPath, await source.read(mapPath, 16 * 2 ** 20));
    const images = await findImages(source);
    const byPath = new Map(images.map((image) => [image.classes, image]));
    const load = keepLast((path: string) => rasterOf(source, context, byPath.get(path) as VocImage, map, mapPath !== undefined));
    const used = new Set<string>();
    // Without names in the source they are those that occur: twenty classes that nobody drew would all want a decision.
    if (mapPath === undefined) for (const { classes } of images) if (classes !== null) for (const key of (await steppingOver(context, async () => keysIn(classes, await load(classes)))) ?? []) used.add(nameOf(map, key));
    return {
      categories: map.names.filter((name, index) => (mapPath === undefined ? used.has(name) : index !== backgroundOf(map))),
      imageCount: images.length,
      images: async function* (): AsyncGenerator<AnnotatedImage> {
        for (const { classes, stem, photo } of images) {
          const file = photo === null ? `${stem}.jpg` : baseName(photo);
          if (classes === null) {
            yield { place: `ImageSets/Segmentation, ${stem}`, file, id: null, size: null, photoPath: photo, instances: [] };
            continue;
          }
          const image = await steppingOver(context, async () => {
            const raster = await load(classes);
            const { widthPx, heightPx } = raster;
            const instances = instancesOf(classes, raster, load, (key) => ({ what: `object ${key >>> 8}`, category: nameOf(map, key), isCrowd: false }));
            return { place: classes, file, id: null, size: { widthPx, heightPx }, photoPath: photo, instances };
          });
          if (image !== null) yield image;
        }
      },
    };
  },
};
