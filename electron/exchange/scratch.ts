/** Beside the export and so on its disk: what is in it becomes the export by a rename. */
export const scratchOf = (out: string): string => `${out}.maskdesk-part`;
