import { expect, it } from 'vitest';
import { asId } from '../../shared/domain/ids.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { begunText, forgetBegun, setCommentDraft, setCommentText } from './comments.ts';

it('has every text that was begun, whatever was begun after it, until it is kept', () => {
  const [a, b]: AssetRef[] = [{ kind: 'keyframe', id: asId('a') }, { kind: 'keyframe', id: asId('b') }];
  if (a === undefined || b === undefined) throw new Error('two pictures');
  const write = (asset: AssetRef, commentId: string | null, text: string): void => {
    setCommentDraft({ asset, commentId: commentId === null ? null : asId(commentId), place: null, text: '' });
    setCommentText(text);
    setCommentDraft(null);
  };
  write(a, null, 'the strap');
  write(a, 'one', 'another text');
  write(b, null, 'the heel');
  expect([begunText(a, null), begunText(a, asId('one')), begunText(b, null)]).toEqual(['the strap', 'another text', 'the heel']);
  forgetBegun(a, null);
  expect([begunText(a, null), begunText(a, asId('one'))]).toEqual([null, 'another text']);
});
