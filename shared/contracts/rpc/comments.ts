import { oc } from '@orpc/contract';
import { z } from 'zod';
import { maxCommentLength, type Comment } from '../../domain/comment.ts';
import { assetRefSchema, commentIdSchema, output, revisionIdSchema } from './types.ts';

const text = z.string().max(maxCommentLength);
const place = z.number().finite().min(0).max(1_000_000);

/** Every answer is the asset's whole list, oldest first: what the person sees next. */
const list = output<readonly Comment[]>();

export const commentsContract = {
  list: oc.input(z.object({ asset: assetRefSchema })).output(list),
  add: oc
    .input(
      z.object({
        asset: assetRefSchema,
        revisionId: revisionIdSchema.nullable(),
        pointImagePx: z.object({ xPx: place, yPx: place }).nullable(),
        text,
      }),
    )
    .output(list),
  /** Errors: not_found; permission_denied for somebody else's. */
  edit: oc.input(z.object({ commentId: commentIdSchema, text })).output(list),
  resolve: oc.input(z.object({ commentId: commentIdSchema, resolved: z.boolean() })).output(list),
  /** Errors: as edit. */
  remove: oc.input(z.object({ commentId: commentIdSchema })).output(list),
};
