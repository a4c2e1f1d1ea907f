import { followedView, relativeView } from './linkedViewport.ts';
import type { Editor } from './types.ts';

/** Panes that zoom and pan together while the link is on. */
export interface ViewLink {
  /** @returns a function that takes it out again */
  add(editor: Editor): () => void;
  /** All follow this one now, as when the link is switched on. */
  follow(leader: Editor): void;
}

/** @param isOn asked at each change of a view; default: always linked */
export const createViewLink = (isOn: () => boolean = () => true): ViewLink => {
  const editors = new Set<Editor>();
  /** A follower's own change is not passed on: rounding would go round in circles. */
  let isFollowing = false;

  const link: ViewLink = {
    add(editor) {
      editors.add(editor);
      const end = editor.subscribe(({ kind }) => {
        if (kind === 'viewport' && !isFollowing && isOn()) link.follow(editor);
      });
      return () => {
        end();
        editors.delete(editor);
      };
    },
    follow(leader) {
      const { document, viewport } = leader;
      if (document === null || viewport.widthViewPx === 0) return;
      const view = relativeView(viewport, document);
      isFollowing = true;
      try {
        for (const editor of editors) {
          if (editor === leader || editor.document === null || editor.viewport.widthViewPx === 0) continue;
          if (view.isFit) editor.zoomTo('fit');
          else editor.setViewport(followedView(view, editor.viewport, editor.document));
        }
      } finally {
        isFollowing = false;
      }
    },
  };
  return link;
};
