import { rpc } from './context.ts';

export const commentsHandlers = {
  list: rpc.comments.list.handler(({ context, input }) => context.services.comments.list(input.asset)),
  add: rpc.comments.add.handler(({ context, input }) => context.services.comments.add(input)),
  edit: rpc.comments.edit.handler(({ context, input }) => context.services.comments.edit(input.commentId, input.text)),
  resolve: rpc.comments.resolve.handler(({ context, input }) => context.services.comments.resolve(input.commentId, input.resolved)),
  remove: rpc.comments.remove.handler(({ context, input }) => context.services.comments.remove(input.commentId)),
};
