import { nameOf } from './imageNames.ts';
import { allAssets, ImageMatcher } from './matchImages.ts';
import type { Asset } from '../../../shared/domain/asset.ts';
import type { SizePx } from './records.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import type { ImportContext } from '../../../shared/ports/importFormat.ts';
import type { AssetStore } from '../../../shared/ports/store/assetStore.ts';

/**
 * Sizes of the store's photos, for formats that say nothing of sizes. The store is read through once, when a size is asked for first, and only photos that a file of
 * the source is named like are kept: memory follows the source, not the store. Null where no photo has the name, or photos of different sizes have it.
 */
export const photoSizes = (assets: Pick<AssetStore, 'list'>, source: AnnotationSource, signal?: AbortSignal): NonNullable<ImportContext['sizeOf']> => {
  let looked: Promise<ReadonlyMap<string, SizePx | null>> | null = null;
  const look = async (): Promise<ReadonlyMap<string, SizePx | null>> => {
    const names = [...new Set((await source.files()).map(({ path }) => nameOf(path)))];
    const matcher = new ImageMatcher(names.map((file, image) => ({ image, file, id: null })));
    for await (const asset of allAssets(assets, signal)) matcher.add(asset);
    const found = (image: number): readonly Asset[] => {
      const candidates = matcher.of(image);
      return candidates.get('name') ?? candidates.get('ending') ?? [];
    };
    return new Map(
      names.map((name, image) => {
        const sizes = found(image).flatMap(({ widthPx, heightPx }) => (widthPx === null || heightPx === null ? [] : [{ widthPx, heightPx }]));
        const [first] = sizes;
        return [name, first !== undefined && sizes.every((size) => size.widthPx === first.widthPx && size.heightPx === first.heightPx) ? first : null];
      }),
    );
  };
  return async ({ file }) => (await (looked ??= look())).get(nameOf(file)) ?? null;
};
