import type { AnnotationSource, OpenSourceFile } from '../../shared/ports/annotationSource.ts';

/** Closing the source closes what was opened of it: readers hold documents open for as long as somebody may ask for an image, and have no end of their own. */
export const closesItsFiles = (source: AnnotationSource): AnnotationSource => {
  const opened = new Set<OpenSourceFile>();
  return {
    ...source,
    open: async (path) => {
      const file = await source.open(path);
      opened.add(file);
      return {
        ...file,
        close: async () => {
          if (opened.delete(file)) await file.close();
        },
      };
    },
    close: async () => {
      for (const file of opened) {
        opened.delete(file);
        await file.close();
      }
      await source.close();
    },
  };
};
