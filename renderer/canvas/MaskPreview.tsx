import { useEffect, useMemo } from 'react';
import { createEditor } from '../editor/createEditor.ts';
import type { Editor } from '../editor/types.ts';
import type { Photo } from '../stores/photo.ts';
import { createToolSettings } from '../stores/toolSettings.ts';
import { DeskCanvas } from './DeskCanvas.tsx';
import { tileStateOf, type MaskShape } from './maskShape.ts';
import { defaultViewOptions, type ViewOptions } from './viewOptions.ts';

export interface MaskPreviewProps {
  readonly photo: Photo | null;
  readonly mask: MaskShape;
  /** With it, and the view `difference` in the options, what was added and removed since is hatched. */
  readonly base?: MaskShape | null;
  readonly options?: ViewOptions;
  readonly label: string;
  /**
   * Given the preview's engine once it is there; returns what ends it. Pass `createViewLink().add` (renderer/editor/viewLink.ts), the same to
   * all, and previews zoom and pan together.
   */
  readonly onEditor?: (editor: Editor) => () => void;
}

/** A photo with its mask, to be looked at: wheel and drag zoom and pan, nothing is changed. Takes the room of its parent. */
export const MaskPreview = ({ photo, mask, base = null, options = defaultViewOptions, label, onEditor }: MaskPreviewProps) => {
  const editor = useMemo(() => createEditor({ toolSettings: createToolSettings({ toolId: 'hand' }) }), []);
  const difference = useMemo(() => (base === null ? null : { base }), [base]);
  useEffect(() => {
    editor.load({ tiles: tileStateOf(mask), assetKey: 'preview', revisionId: null });
    editor.forget('preview');
  }, [editor, mask]);
  useEffect(() => onEditor?.(editor), [editor, onEditor]);
  return <DeskCanvas editor={editor} photo={photo} options={options} label={label} difference={difference} />;
};
