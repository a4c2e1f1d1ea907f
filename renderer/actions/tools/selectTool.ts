import type { ToolId } from '../../stores/toolSettings.ts';
import type { Action } from '../action.ts';
import { activeEditor, bothEditors } from '../desk/editors.ts';

export interface ToolAction extends Action {
  readonly toolId: ToolId;
  /** Of the tool itself, for headings. */
  readonly name: string;
}

const toolAction = (toolId: ToolId, name: string, does: string, key: string, alsoCalled: readonly string[] = []): ToolAction => ({
  id: `tool.${toolId}`,
  toolId,
  name,
  label: `${name}: ${does}`,
  group: 'Tools',
  alsoCalled,
  keys: [key],
  run: () => activeEditor().setTool(toolId),
});

export const pointTool = toolAction('point', 'Point', 'click what to keep', 'Q', ['Object Selection']);
export const boxTool = toolAction('box', 'Box', 'drag around what to keep', 'W', ['Object Selection']);
export const brushTool = toolAction('brush', 'Brush', 'add to the mask', 'B');
export const eraserTool = toolAction('eraser', 'Eraser', 'take from the mask', 'E');
export const polygonTool = toolAction('polygon', 'Polygon', 'enclose with vertices', 'P', ['Polygonal Lasso', 'Pen']);
export const lassoTool = toolAction('lasso', 'Lasso', 'enclose by hand', 'L');
export const magneticTool = toolAction('magnetic', 'Magnetic edge', 'enclose along edges', 'Shift+M', ['Magnetic Lasso', 'Intelligent Scissors']);
export const wandTool = toolAction('wand', 'Wand', 'take what has about one colour', 'G', ['Magic Wand']);
export const fillHoleTool = toolAction('fillHole', 'Fill hole', 'close holes of the mask', 'U', ['Paint Bucket']);
export const dropIslandTool = toolAction('dropIsland', 'Drop island', 'take single pieces from the mask', 'Shift+U');
export const keepComponentTool = toolAction('keepComponent', 'Keep piece', 'take all other pieces from the mask', 'J');
export const eraseComponentTool = toolAction('eraseComponent', 'Erase pieces', 'drag over pieces to take them from the mask', 'Shift+E');
export const handTool = toolAction('hand', 'Hand', 'move the picture', 'M', ['Pan']);
/** In the order of the tool rail. */
export const toolActions: readonly ToolAction[] = [
  pointTool,
  boxTool,
  brushTool,
  eraserTool,
  polygonTool,
  lassoTool,
  magneticTool,
  wandTool,
  fillHoleTool,
  dropIslandTool,
  keepComponentTool,
  eraseComponentTool,
  handTool,
];

/** Space for as long as it is held, as everywhere. */
export const holdHand: Action = {
  id: 'tool.holdHand',
  label: 'Move the picture while held',
  group: 'Tools',
  keys: ['Space'],
  run: () => bothEditors.forEach((editor) => editor.holdHand(true)),
  release: () => bothEditors.forEach((editor) => editor.holdHand(false)),
};
