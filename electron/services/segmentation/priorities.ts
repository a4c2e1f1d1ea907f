/** Higher is claimed first (shared/domain/task.ts); the background work is 0. */
export const pipelinePriority = 5;
export const onScreenPriority = 10;
export const askedForPriority = 20;
