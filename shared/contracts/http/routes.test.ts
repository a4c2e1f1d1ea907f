import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assetKinds, type AssetRef } from '../../domain/asset.ts';
import { asId } from '../../domain/ids.ts';
import { appOrigin, draftUrl, imageUrl, maskUrl, parsePixelRoute, thumbUrl, uploadUrl } from './routes.ts';

/** The pathname as a browser sends it: resolved, with dot segments gone. */
const pathnameOf = (url: string): string => new URL(url, 'http://app').pathname;

const anyId = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((id) => id.isWellFormed());
const anyAsset: fc.Arbitrary<AssetRef> = fc.record({ kind: fc.constantFrom(...assetKinds), id: anyId.map((id) => asId<AssetRef['id']>(id)) });

describe('pixel routes', () => {
  it('carry any id there and back', () => {
    fc.assert(
      fc.property(anyAsset, (asset) => {
        expect(parsePixelRoute(pathnameOf(imageUrl(asset, 800)))).toEqual({ name: 'image', asset });
        expect(parsePixelRoute(pathnameOf(thumbUrl(asset, 'v1')))).toEqual({ name: 'thumb', asset });
        expect(parsePixelRoute(pathnameOf(draftUrl(asset, 'base')))).toEqual({ name: 'draft', asset });
        expect(parsePixelRoute(pathnameOf(uploadUrl(asset)))).toEqual({ name: 'upload', asset });
      }),
    );
  });

  it.each(['.', '..', '../../etc/passwd', 'a/b', '%2e%2e', 'naïve "quote"', '\\..\\x'])('carry the id %j as data', (id) => {
    const asset: AssetRef = { kind: 'keyframe', id: asId(id) };
    expect(parsePixelRoute(pathnameOf(imageUrl(asset)))).toEqual({ name: 'image', asset });
  });

  it('carry revision ids', () => {
    expect(parsePixelRoute(maskUrl('r1'))).toEqual({ name: 'mask', revisionId: 'r1' });
  });

  it.each(['/', '/px', '/px/image', '/px/image/keyframe', '/px/image/keyframe/~', '/px/image/keyframe/f1', '/px/image/video/~f1', '/px/mask/', '/px/mask/a/b', '/px/image/keyframe/~a/b', '/px/image/keyframe/~%E0%A4', '/index.html'])(
    'are not %j',
    (path) => expect(parsePixelRoute(path)).toBeNull(),
  );

  it('are of one origin', () => expect(appOrigin).toBe('maskdesk://app'));
});
