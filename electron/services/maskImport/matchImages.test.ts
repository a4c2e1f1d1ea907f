import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assetKey, type Asset } from '../../../shared/domain/asset.ts';
import { asId, type AssetId } from '../../../shared/domain/ids.ts';
import { matchWays } from '../../../shared/domain/importDecisions.ts';
import { ImageMatcher, ownersOf, type Owner } from './matchImages.ts';

const assetOf = (id: string, localPath: string, kind: Asset['kind'] = 'product_image'): Asset => ({
  kind,
  id: asId<AssetId>(id),
  state: 'unsegmented',
  title: null,
  productId: null,
  videoId: null,
  timestampS: null,
  jobIds: [],
  localPath,
  maskedLocalPath: null,
  widthPx: 1,
  heightPx: 1,
  headRevisionId: null,
  headModelId: null,
  headAreaShare: null,
  suspicion: null,
  topCheck: null,
  checkValue: null,
  reason: null,
  reviewer: null,
  hasDraft: false,
  draftsBy: [],
  openComments: 0,
  updatedAtMs: 0,
});

const assets = [
  assetOf('B01_front', 'data/images/products/B01_front.jpg'),
  assetOf('B02_front', 'data/images/products/B02_front.jpg'),
  assetOf('7', '/mnt/shop/a/front.jpg'),
  assetOf('8', '/mnt/shop/b/front.jpg'),
  assetOf('x/y z', 'data/images/products/x%2Fy%20z.png'),
  assetOf('f1', 'data/images/frames/f1.jpg', 'keyframe'),
  assetOf('f1', 'data/images/products/f1.png'),
  assetOf('face', 'data/images/products/face.png'),
  assetOf('face-mask', 'data/images/products/face-mask.png'),
];

const ownerOf = (file: string, id: string | null = null, plainFile: string | null = null): Owner | null => {
  const images = [{ image: 0, file, plainFile, id }];
  const matcher = new ImageMatcher(images);
  for (const asset of assets) matcher.add(asset);
  return ownersOf(images, (image) => matcher.of(image), matchWays, {})[0] ?? null;
};

test('letters with marks are the same whether a system takes them apart or not', () => {
  const images = [{ image: 0, file: 'masks/A\u0308pfel.png', id: null }];
  const matcher = new ImageMatcher(images);
  matcher.add(assetOf('\u00c4pfel', 'data/images/products/%C3%84pfel.jpg'));
  expect(ownersOf(images, (image) => matcher.of(image), matchWays, {})).toMatchObject([{ kind: 'asset', asset: { id: '\u00c4pfel' } }]);
});

test.each([
  ['/mnt/shop/b/front.jpg', '8', 'path'],
  ['b/front.jpg', '8', 'path'],
  ['C:\\work\\shop\\a\\front.jpg', null, null],
  ['/other/root/data/images/products/B01_front.jpg', 'B01_front', 'path'],
  ['B02/front.png', 'B02_front', 'path'],
  ['B02_front.png', 'B02_front', 'name'],
  ['product-x%2Fy%20z.png', 'x/y z', 'name'],
  ['x%2Fy%20z.webp', 'x/y z', 'name'],
  ['frame-f1.png', 'f1', 'name'],
] as const)('%s is %s by its %s', (file, id, way) => {
  const owner = ownerOf(file);
  if (id === null) expect(owner).toMatchObject({ kind: 'unclear', candidates: [{ id: '7' }, { id: '8' }] });
  else expect(owner).toMatchObject({ kind: 'asset', asset: { id }, way });
});

test('a name that two photos have is unclear; an id that the other tool knows says which', () => {
  expect(ownerOf('f1.jpg')).toMatchObject({ kind: 'unclear', isRival: false, candidates: [{ kind: 'keyframe' }, { kind: 'product_image' }] });
  expect(ownerOf('front.jpg')).toMatchObject({ kind: 'unclear', candidates: [{ id: '7' }, { id: '8' }] });
  expect(ownerOf('front.jpg', '7')).toMatchObject({ kind: 'asset', asset: { id: '7' }, way: 'id' });
  expect(ownerOf('nobody.jpg')).toEqual({ kind: 'unknown' });
});

test('a name without what says mask counts only where nothing has the whole one', () => {
  expect(ownerOf('masks/face-mask.png', null, 'masks/face.png')).toMatchObject({ kind: 'asset', asset: { id: 'face-mask' } });
  expect(ownerOf('masks/face_mask.png', null, 'masks/face.png')).toMatchObject({ kind: 'asset', asset: { id: 'face' } });
  expect(ownerOf('masks/nobody_mask.png', null, 'masks/nobody.png')).toEqual({ kind: 'unknown' });
});

describe('a name whose folder was left away', () => {
  const ending = (file: string, ids: readonly string[], plainFile: string | null = null): Owner | null => {
    const images = [{ image: 0, file, plainFile, id: null }];
    const matcher = new ImageMatcher(images);
    for (const id of ids) matcher.add(assetOf(id, `data/images/products/${encodeURIComponent(id)}.jpg`));
    return ownersOf(images, (image) => matcher.of(image), matchWays, {})[0] ?? null;
  };

  test.each([
    ['back.jpg', ['shoe_back', 'shoe_front'], 'shoe_back'],
    ['back.jpg', ['shoe-back'], 'shoe-back'],
    ['back.jpg', ['shoe/back'], 'shoe/back'],
    ['left_back.jpg', ['shoe_left_back', 'boot_back'], 'shoe_left_back'],
    ['images/train/back.jpg', ['shoe_back'], 'shoe_back'],
    ['re\u0301sume\u0301.jpg', ['shoe_r\u00e9sum\u00e9'], 'shoe_r\u00e9sum\u00e9'],
  ])('%s among %j is %s', (file, ids, id) => {
    expect(ending(file, ids)).toMatchObject({ kind: 'asset', asset: { id }, way: 'ending' });
  });

  test('it is not guessed: several photos end like it, its folder is another product’s, or it is a part of a word', () => {
    expect(ending('front.jpg', ['a_front', 'b_front'])).toMatchObject({ kind: 'unclear', isRival: false, candidates: [{ id: 'a_front' }, { id: 'b_front' }] });
    expect(ending('boot/back.jpg', ['shoe_back'])).toEqual({ kind: 'unknown' });
    expect(ending('back.jpg', ['shoeback', 'back_shoe'])).toEqual({ kind: 'unknown' });
  });

  test('it comes last: a whole name counts for more, also one without what says mask', () => {
    expect(ending('back.jpg', ['shoe_back', 'back'])).toMatchObject({ asset: { id: 'back' }, way: 'name' });
    expect(ending('back_mask.png', ['shoe_back_mask', 'back'], 'back.png')).toMatchObject({ asset: { id: 'back' }, way: 'name' });
    expect(ending('back_mask.png', ['shoe_back'], 'back.png')).toMatchObject({ asset: { id: 'shoe_back' }, way: 'ending' });
  });

  test('two such images for one photo are rivals; an image that has the photo’s whole name stands', () => {
    const ownersFor = (files: readonly string[]): readonly (Owner | null)[] => {
      const images = files.map((file, image) => ({ image, file, id: null }));
      const matcher = new ImageMatcher(images);
      matcher.add(assetOf('shoe_back', 'data/images/products/shoe_back.jpg'));
      return ownersOf(images, (image) => matcher.of(image), matchWays, {});
    };
    expect(ownersFor(['back.jpg', 'images/back.png'])).toMatchObject([{ kind: 'unclear', isRival: true }, { kind: 'unclear', isRival: true }]);
    expect(ownersFor(['back.jpg', 'shoe_back.jpg'])).toMatchObject([{ kind: 'unclear', isRival: true }, { kind: 'asset', way: 'name' }]);
  });

  test('what an export of ours names is nobody else’s', () => {
    const images = [{ image: 0, file: 'back.png', id: null }];
    const row = { asset_kind: 'product_image' as const, asset_id: 'elsewhere', file: 'back', source_path: '', product_id: null, video_id: null, title: null, timestamp_s: null, job_id: null };
    const matcher = new ImageMatcher(images, new Map([['back', row]]));
    matcher.add(assetOf('shoe_back', 'data/images/products/shoe_back.jpg'));
    expect(ownersOf(images, (image) => matcher.of(image), matchWays, {})).toEqual([{ kind: 'unknown' }]);
  });
});

const word = fc.constantFrom('a', 'b', 'c', 'product-a', 'a_b', 'b_a', 'A');
const file = fc.array(word, { minLength: 1, maxLength: 3 }).chain((words) => fc.constantFrom('.png', '.jpg', '').map((ending) => words.join('/') + ending));

test('no photo is given to two images, and none by guessing, whatever things are called', () => {
  const someAssets = fc.uniqueArray(fc.record({ id: word, localPath: file, kind: fc.constantFrom('product_image' as const, 'keyframe' as const) }), { selector: ({ id, kind }) => `${kind} ${id}`, maxLength: 8 });
  const someImages = fc.array(fc.record({ file, id: fc.option(word, { nil: null }) }), { maxLength: 8 });
  const chosen = fc.dictionary(fc.nat(7).map(String), fc.record({ kind: fc.constant('product_image' as const), id: word.map((id) => asId<AssetId>(id)) }));
  fc.assert(
    fc.property(someAssets, someImages, chosen, (given, named, said) => {
      const images = named.map((one, image) => ({ ...one, image }));
      const matcher = new ImageMatcher(images);
      for (const { id, localPath, kind } of given) matcher.add(assetOf(id, localPath, kind));
      const owners = ownersOf(images, (image) => matcher.of(image), matchWays, said);
      const keys = owners.flatMap((owner) => (owner?.kind === 'asset' ? [assetKey(owner.asset)] : []));
      expect(new Set(keys).size).toBe(keys.length);
      for (const [image, owner] of owners.entries()) {
        if (owner?.kind === 'asset' && owner.way !== 'chosen') expect(matcher.of(image).get(owner.way)).toHaveLength(1);
      }
    }),
    { numRuns: 500 },
  );
});
