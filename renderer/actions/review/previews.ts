import type { Editor } from '../../editor/types.ts';
import { createViewLink } from '../../editor/viewLink.ts';

const link = createViewLink();
const shown = new Set<Editor>();

/** Previews of the same photo zoom and pan together. @returns what ends it */
export const linkPreview = (editor: Editor): (() => void) => {
  const end = link.add(editor);
  shown.add(editor);
  return () => {
    shown.delete(editor);
    end();
  };
};

/** All of them, whole. */
export const fitPreviews = (): void => {
  for (const editor of shown) editor.zoomTo('fit');
};

export const zoomPreviews = (factor: number): void => {
  // The others follow the first.
  const [first] = shown;
  first?.zoomBy(factor);
};
