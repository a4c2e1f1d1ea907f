import { importShare, isMaskImportUnderWay, type MaskImport } from '../../stores/maskImport.ts';
import { headline, progressWords } from '../importMasks/importMasksWords.ts';
import { WorkJob } from './WorkJob.tsx';

const endingOf = (current: MaskImport): string => {
  if (current.state === 'decide') return `${headline(current)}. Nothing is imported yet.`;
  return `${headline(current)}${current.error === null ? '.' : `: ${current.error}`}`;
};

/** The import of masks of now, or the last one until it is put away. */
export const MaskImportJob = ({ current }: { readonly current: MaskImport }) => (
  <WorkJob
    testId="mask-import-job"
    card="importMasks"
    running={
      isMaskImportUnderWay(current)
        ? { title: `${current.state === 'reading' ? 'Reading' : 'Importing'} masks of “${current.source.name}”`, share: importShare(current), progress: progressWords(current), cancel: current.cancel }
        : null
    }
    ending={endingOf(current)}
  />
);
