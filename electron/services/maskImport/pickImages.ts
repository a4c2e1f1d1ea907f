import type { AnnotatedImage, AnnotationReader } from '../../../shared/ports/importFormat.ts';

/** Some images of a source, by their number, with what is known of each; reads no further than the last of them. */
export async function* pickImages<T>(reader: Pick<AnnotationReader, 'images'>, wanted: ReadonlyMap<number, T>): AsyncGenerator<{ readonly image: AnnotatedImage; readonly of: T }> {
  let left = wanted.size;
  if (left === 0) return;
  let number = 0;
  for await (const image of reader.images()) {
    const of = wanted.get(number++);
    if (of === undefined) continue;
    yield { image, of };
    if (--left === 0) return;
  }
}
