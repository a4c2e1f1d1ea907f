import type { ImportRun } from '../../stores/importing.ts';

/** How an import stands or ended, in a line. */
export const importHeadline = ({ state, added, existing, problems, folderName, error }: ImportRun): string => {
  if (state === 'failed') return error ?? 'The import failed.';
  if (state === 'running') return `Importing ${folderName}…`;
  const parts = [`${added} added`, existing > 0 ? `${existing} were here already` : null, problems.length > 0 ? `${problems.length} could not be read` : null];
  return `${state === 'cancelled' ? 'Stopped: ' : ''}${parts.filter((part) => part !== null).join(', ')}.`;
};
