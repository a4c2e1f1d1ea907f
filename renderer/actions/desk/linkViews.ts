import { createViewLink } from '../../editor/viewLink.ts';
import { useLinkedView } from '../../stores/linkedView.ts';
import { activeEditor, bothEditors } from './editors.ts';

const isLinked = (): boolean => useLinkedView.getState().isLinked;
const link = createViewLink(isLinked);

/** The other pane takes the active one's view, where they are linked. */
export const followActive = (): void => {
  if (isLinked()) link.follow(activeEditor());
};

/** Called once. */
export const startLinkingViews = (): void => {
  for (const editor of bothEditors) {
    link.add(editor);
    // Another picture keeps its pane's zoom; how much of it that shows depends on its size.
    editor.subscribe(({ kind }) => {
      if (kind === 'loaded') followActive();
    });
  }
};
