import { CircleAlert, CircleCheck, CirclePause, LoaderCircle } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { anotherMaskImport, closeMaskImport, inspectAs, undoMaskImport } from '../../actions/imports/importMasks.ts';
import { isMaskImportUnderWay, useMaskImport, type MaskImport, type MaskImportResult } from '../../stores/maskImport.ts';
import { Button } from '../../ui/Button.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { headline, images, masks, progressWords, skipWords } from './importMasksWords.ts';

const iconOf = ({ state }: MaskImport) => {
  if (state === 'failed') return <CircleAlert className="masks-bad" aria-hidden="true" />;
  if (state === 'cancelled') return <CirclePause className="dim" aria-hidden="true" />;
  if (state === 'finished') return <CircleCheck className="masks-ok" aria-hidden="true" />;
  return <LoaderCircle className="dim" aria-hidden="true" />;
};

const Facts = ({ result: { imported, becameHead, added, same, skipped } }: { readonly result: MaskImportResult }) => {
  const waiting = imported - becameHead;
  const facts: readonly (readonly [string, string])[] = [
    ['To review', masks(becameHead)],
    ...(waiting === 0 ? [] : [['Beside', `${masks(waiting)}: a person’s work stays, these wait among its versions`] as const]),
    ...(added === 0 ? [] : [['Photos', `${added.toLocaleString()} added`] as const]),
    ...(same === 0 ? [] : [['There already', `${masks(same)}, to the pixel`] as const]),
    ...skipped.map(({ reason, count }) => ['Left out', `${images(count)}: ${skipWords[reason]}`] as const),
  ];
  return (
    <dl className="masks-result" data-testid="masks-result">
      {facts.map(([name, value]) => (
        <div key={`${name} ${value}`}>
          <dt className="secondary">{name}</dt>
          <dd className="selectable">{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Buttons = ({ current }: { readonly current: MaskImport }) => {
  const main = useRef<HTMLButtonElement>(null);
  const format = useMaskImport((state) => state.format);
  const canUndo = current.state === 'finished' && current.result?.importId != null && !current.isUndone;
  useEffect(() => {
    // The button that had the focus is gone; who works on meanwhile keeps it.
    if (document.activeElement === document.body) main.current?.focus();
  }, [current.state]);
  if (isMaskImportUnderWay(current)) {
    return (
      <>
        <Button onClick={current.cancel}>Cancel</Button>
        <Button ref={main} tone="accent" onClick={closeMaskImport}>
          Go on in the background
        </Button>
      </>
    );
  }
  return (
    <>
      {canUndo && <Button onClick={undoMaskImport}>Undo</Button>}
      {current.state !== 'finished' && <Button onClick={() => inspectAs(format)}>Read it again</Button>}
      <Button onClick={anotherMaskImport}>{current.state === 'finished' ? 'Another import' : 'Back'}</Button>
      <Button ref={main} tone="accent" onClick={closeMaskImport}>
        Done
      </Button>
    </>
  );
};

/** How far the import is, then what came of it. */
export const ImportRunView = ({ current }: { readonly current: MaskImport }) => (
  <div className="masks-run" data-testid="masks-run" data-state={current.state}>
    <div className="masks-run-scroll" tabIndex={-1}>
      <div className="masks-run-head">
        {iconOf(current)}
        <p className="masks-run-title selectable" role="status">
          {headline(current)}
        </p>
      </div>
      {isMaskImportUnderWay(current) && (
        <div className="masks-run-progress">
          <Meter share={current.total === null || current.total === 0 ? null : current.done / current.total} label={progressWords(current)} />
          <p className="secondary figures">{progressWords(current)}</p>
        </div>
      )}
      {current.state === 'failed' && (
        <p className="masks-bad selectable" role="alert" data-testid="masks-error">
          {current.error}
        </p>
      )}
      {(current.state === 'failed' || current.state === 'cancelled') && <p className="dim">No mask was imported.</p>}
      {current.result !== null && <Facts result={current.result} />}
    </div>
    <div className="masks-foot">
      <p className="secondary masks-foot-words">{isMaskImportUnderWay(current) ? 'It goes on when this is closed.' : ''}</p>
      <Buttons current={current} />
    </div>
  </div>
);
