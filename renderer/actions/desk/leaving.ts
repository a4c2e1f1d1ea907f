import { dismissTopic, notify } from '../../stores/notices.ts';
import { pane, setPane, type Side } from '../../stores/panes.ts';
import { editorOf } from './editors.ts';

/** Shorter than this nobody asks what is being waited for. */
const patienceMs = 700;
const topic = 'leaving';

/**
 * Before a pane shows something else: a stroke in hand counts, and what was asked for is waited for, so that it is in the draft of the item that is left.
 * Prompts whose photo is still being read are not: that takes seconds, and they stay with their item.
 * @returns null when there is nothing to wait for
 */
export const beforeLeaving = (side: Side): Promise<void> | null => {
  const editor = editorOf(side);
  editor.finishGesture();
  if (!editor.isPending) return null;
  const { asset, status } = pane(side);
  // Nothing is painted on it any more that would come too late.
  if (status === 'ready') setPane(side, { status: 'loading' });
  const slow = setTimeout(
    () =>
      notify({
        level: 'info',
        topic,
        message: `What you asked for on ${asset?.id ?? 'this item'} is still being worked out. Then the desk goes on.`,
        buttons: [{ label: 'Go on without it', run: () => void editor.cancel() }],
      }),
    patienceMs,
  );
  return editor.settled({ leavesReading: true }).then(() => {
    clearTimeout(slow);
    dismissTopic(topic);
  });
};
