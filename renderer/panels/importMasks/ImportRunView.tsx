import { undoneWords } from '../../../shared/domain/importUndone.ts';
import { anotherMaskImport, closeMaskImport, inspectAs, showImported, showWaiting, undoMaskImport } from '../../actions/imports/importMasks.ts';
import { importShare, useMaskImport, type MaskImport } from '../../stores/maskImport.ts';
import { Button } from '../../ui/Button.tsx';
import { FactList, type Fact } from '../../ui/FactList.tsx';
import { ImportIdLine } from '../pastImports/ImportIdLine.tsx';
import { RunView, type RunStanding } from '../shared/RunView.tsx';
import { masksWord } from '../shared/words.ts';
import { headline, imagesWord, progressWords, skipWords } from './importMasksWords.ts';

const standings: Readonly<Record<MaskImport['state'], RunStanding>> = { reading: 'underWay', writing: 'underWay', decide: 'done', finished: 'done', cancelled: 'stopped', failed: 'failed' };

const factsOf = ({ result, undone }: MaskImport): readonly Fact[] => {
  if (result === null) return [];
  const { imported, becameHead, added, same, skipped } = result;
  if (undone !== null) return [['Taken back', undoneWords(undone)]];
  const photos: readonly Fact[] = added === 0 ? [] : [['Photos', `${added.toLocaleString()} added`]];
  const waiting = imported - becameHead;
  return [
    ['To review', masksWord(becameHead)],
    ...(waiting === 0 ? [] : [['Beside', `${masksWord(waiting)}: a person’s work stays, ${waiting === 1 ? 'this waits' : 'these wait'} to be taken or left`] as const]),
    ...photos,
    ...(same === 0 ? [] : [['There already', `${masksWord(same)}, to the pixel`] as const]),
    ...skipped.map(({ reason, count }) => ['Left out', `${imagesWord(count)}: ${skipWords[reason]}`] as const),
  ];
};

/** What helps, by how it ended. */
const Helps = ({ current: { state, result, undone } }: { readonly current: MaskImport }) => {
  const format = useMaskImport((all) => all.format);
  const isIn = state === 'finished' && undone === null;
  const waiting = result === null ? 0 : result.imported - result.becameHead;
  return (
    <>
      {isIn && result?.importId != null && <Button onClick={undoMaskImport}>Undo</Button>}
      {state !== 'finished' && <Button onClick={() => inspectAs(format)}>Read it again</Button>}
      <Button onClick={anotherMaskImport}>{state === 'finished' ? 'Another import' : 'Back'}</Button>
      {isIn && waiting > 0 && <Button onClick={showWaiting}>{result?.becameHead === 0 ? 'Show them' : waiting === 1 ? 'Show the one beside' : `Show the ${waiting.toLocaleString()} beside`}</Button>}
      {isIn && result !== null && result.becameHead > 0 && <Button onClick={showImported}>{waiting > 0 ? result.becameHead === 1 ? 'Show the one to review' : `Show the ${result.becameHead.toLocaleString()} to review` : 'Show them'}</Button>}
    </>
  );
};

/** How far the import is, then what came of it. */
export const ImportRunView = ({ current }: { readonly current: MaskImport }) => (
  <RunView
    testId="masks-run"
    state={current.state}
    standing={standings[current.state]}
    headline={headline(current)}
    share={importShare(current)}
    progress={progressWords(current)}
    error={current.error}
    aftermath={current.state === 'failed' || current.state === 'cancelled' ? 'No mask was imported.' : null}
    onCancel={current.cancel}
    onClose={closeMaskImport}
    buttons={<Helps current={current} />}
  >
    {current.result !== null && <FactList facts={factsOf(current)} testId="masks-result" />}
    {current.result?.importId != null && <ImportIdLine importId={current.result.importId} />}
  </RunView>
);
