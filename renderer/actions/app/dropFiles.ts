import { takeDrop } from '../../bridge/host.ts';
import { setDropHalf, type DropHalf } from '../../stores/dropping.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import type { Dropped } from '../../../shared/contracts/host/stores.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { inspectSource } from '../imports/importMasks.ts';
import { importGiven } from './importFolder.ts';
import { openChosenStore } from './stores.ts';

type DroppedMasks = Extract<Dropped, { kind: 'masks' }>;

/** The import of masks is open: what is dropped is for it. */
const isForMasks = (): boolean => useOverlay.getState().open === 'importMasks';

/** Where photos lie beside the annotations, nobody but the person knows which of them is meant. */
const takeMasks = ({ hasPhotos, ...source }: DroppedMasks, half: DropHalf): void => {
  if (!hasPhotos || isForMasks()) return inspectSource(source);
  notify({
    level: 'info',
    message: `${source.name} has pictures, and masks or annotations. What is to be imported?`,
    topic: 'drop',
    lifeMs: null,
    buttons: [
      { label: 'The photos', run: () => inBackground(importGiven(half, source, null), 'drop') },
      { label: 'The masks', run: () => inspectSource(source) },
    ],
  });
};

/** Main looks at what it is: pictures are imported as what the half said, a store is offered to be opened. */
const take = async (files: readonly File[], half: DropHalf): Promise<void> => {
  const dropped = await takeDrop(files);
  if (dropped.kind === 'refused') return void notify({ level: 'warning', message: dropped.message, topic: 'drop' });
  if (dropped.kind === 'masks') return takeMasks(dropped, half);
  if (dropped.kind === 'pictures') {
    if (!isForMasks()) return importGiven(half, dropped, null);
    const { folderToken, name, files, folders } = dropped;
    if (folders === 1 && files === 0) return inspectSource({ folderToken, name });
    return void notify({ level: 'warning', message: `${name} is no folder, zip or file of annotations. Drop one of these, or choose it.`, topic: 'drop' });
  }
  const { storeId, name } = dropped;
  notify({
    level: 'info',
    message: `${name} is a store of Maskdesk, not a folder of photos.`,
    topic: 'drop',
    lifeMs: null,
    buttons: [{ label: 'Open it', run: () => openChosenStore({ kind: 'known', storeId }) }],
  });
};

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
const halfOf = (event: DragEvent): DropHalf => (event.clientX < window.innerWidth / 2 ? 'products' : 'keyframes');

/** Takes files and folders that are dropped anywhere on the window. @returns a function that stops it */
export const listenToDrops = (): (() => void) => {
  const over = (event: DragEvent): void => {
    // Always: what is dropped must never be shown by the browser itself.
    event.preventDefault();
    if (event.dataTransfer === null || !hasFiles(event)) return;
    event.dataTransfer.dropEffect = 'copy';
    setDropHalf(halfOf(event));
  };
  // Leaving the window has nowhere to go to; leaving an element inside it has.
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) setDropHalf(null);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDropHalf(null);
    if (hasFiles(event)) inBackground(take([...(event.dataTransfer?.files ?? [])], halfOf(event)), 'drop');
  };
  window.addEventListener('dragenter', over);
  window.addEventListener('dragover', over);
  window.addEventListener('dragleave', leave);
  window.addEventListener('drop', drop);
  return () => {
    window.removeEventListener('dragenter', over);
    window.removeEventListener('dragover', over);
    window.removeEventListener('dragleave', leave);
    window.removeEventListener('drop', drop);
  };
};
