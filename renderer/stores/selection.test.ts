import { beforeEach, describe, expect, it } from 'vitest';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { asId } from '../../shared/domain/ids.ts';
import { forgetOnTrail, onTrail, selectItem, useSelection, walkTrail } from './selection.ts';

const item = (id: string): AssetRef => ({ kind: 'product_image', id: asId(id) });
const [a, b, c, d] = [item('a'), item('b'), item('c'), item('d')];

describe('the trail without items that are gone', () => {
  beforeEach(() => {
    useSelection.setState({ item: null, trail: [], step: -1 });
    for (const each of [a, b, c, d]) selectItem(each);
  });

  it('goes back past one to what came before it', () => {
    walkTrail(-1); // c
    walkTrail(-1); // b, which is gone
    forgetOnTrail([b], -1);
    expect(onTrail(-1)).toEqual(a);
    expect(onTrail(1)).toEqual(d);
  });

  it('goes forward past one to what comes after it', () => {
    for (let step = 0; step < 3; step++) walkTrail(-1); // a
    walkTrail(1); // b, which is gone
    forgetOnTrail([b], 1);
    expect(onTrail(1)).toEqual(c);
    expect(onTrail(-1)).toBeNull();
  });

  it('without the one in hand and others goes back to the nearest that is left', () => {
    forgetOnTrail([b, d]);
    expect(useSelection.getState()).toMatchObject({ trail: [a, c], step: 1 });
    forgetOnTrail([a, c]);
    expect(useSelection.getState()).toMatchObject({ trail: [], step: -1 });
  });
});
