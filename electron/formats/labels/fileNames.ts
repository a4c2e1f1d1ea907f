/** Last part of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const withoutEnding = (name: string): string => name.replace(/\.[^./]+$/, '');

/** With its dot; empty where there is none. */
export const endingOf = (name: string): string => /\.[^./]+$/.exec(name)?.[0] ?? '';

export const isPicture = (path: string): boolean => /\.(jpe?g|png|webp|avif|tiff?)$/i.test(path);
