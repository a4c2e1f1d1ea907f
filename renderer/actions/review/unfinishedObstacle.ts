import type { Editor } from '../../editor/types.ts';
import type { Asset } from '../../../shared/domain/asset.ts';
import { notify, type NoticeButton } from '../../stores/notices.ts';
import { unfinishedWords } from './unfinishedWords.ts';

const goOnWith = (editor: Editor): NoticeButton[] => {
  const [toolId] = editor.unfinished?.openOutlines ?? [];
  return toolId === undefined || toolId === editor.toolSettings.getState().toolId ? [] : [{ label: 'Show the outline', run: () => editor.setTool(toolId) }];
};

/** A mask is not approved without what its reviewer has begun on it: says what that is. @returns whether there is something */
export const tellsUnfinished = (editor: Editor, asset: Asset): boolean => {
  const { unfinished } = editor;
  if (unfinished === null) return false;
  const { waiting, problem } = editor.prompts.status.getState();
  const ways = unfinished.openOutlines.length > 0 ? 'Enter closes an outline, Esc drops it.' : 'Esc drops what waits.';
  const drop: NoticeButton[] = waiting === 0 ? [] : [{ label: waiting === 1 ? 'Drop the click' : 'Drop the clicks', run: () => void editor.prompts.end() }];
  notify({
    level: 'warning',
    topic: 'nomask',
    message: `${asset.id} has ${unfinishedWords(unfinished)}. ${waiting > 0 && problem !== null ? `${problem} ` : ''}${ways}`,
    buttons: [...goOnWith(editor), ...drop],
  });
  return true;
};
