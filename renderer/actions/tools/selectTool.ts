import type { ToolId } from '../../stores/toolSettings.ts';
import type { Action } from '../action.ts';
import { activeEditor, bothEditors } from '../desk/editors.ts';

const toolAction = (toolId: ToolId, label: string, key: string): Action & { readonly toolId: ToolId } => ({
  id: `tool.${toolId}`,
  toolId,
  label,
  group: 'Tools',
  keys: [key],
  run: () => activeEditor().setTool(toolId),
});

export const brushTool = toolAction('brush', 'Brush: add to the mask', 'B');
export const eraserTool = toolAction('eraser', 'Eraser: take from the mask', 'E');
export const handTool = toolAction('hand', 'Hand: move the picture', 'M');
export const toolActions = [brushTool, eraserTool, handTool] as const;

/** Space for as long as it is held, as everywhere. */
export const holdHand: Action = {
  id: 'tool.holdHand',
  label: 'Move the picture while held',
  group: 'Tools',
  keys: ['Space'],
  run: () => bothEditors.forEach((editor) => editor.holdHand(true)),
  release: () => bothEditors.forEach((editor) => editor.holdHand(false)),
};
