import { useEffect } from 'react';
import type { MaskImport } from '../../../shared/domain/maskImport.ts';
import { standingWords } from '../../../shared/domain/maskImport.ts';
import { showWaiting } from '../../actions/imports/importMasks.ts';
import { askToUndo, takeImportBack } from '../../actions/imports/pastImports.ts';
import { useMaskImport } from '../../stores/maskImport.ts';
import { usePastImports } from '../../stores/pastImports.ts';
import { Button } from '../../ui/Button.tsx';
import { masksWord } from '../shared/words.ts';
import { ImportIdLine } from './ImportIdLine.tsx';
import './PastImports.css';

const dayAndTime = (atMs: number): string => new Date(atMs).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const became = ({ masks: all, standing, undoneAtMs, undoneBy }: MaskImport): string => {
  if (undoneAtMs === null) return standingWords(standing);
  const said = `Taken back ${dayAndTime(undoneAtMs)} by ${undoneBy ?? ''}`;
  return standing.takenBack === all ? said : `${said}: ${standingWords(standing)}`;
};

/** What asks and what answers have keys of their own: the button that takes back is never one that was there before under the same finger, and gets the focus. */
const Ways = ({ one }: { readonly one: MaskImport }) => {
  const isAsking = usePastImports((state) => state.asking === one.importId);
  const { toReview, waiting } = one.standing;
  if (isAsking) {
    return (
      <>
        <Button key="takeBack" tone="bad" autoFocus onClick={() => takeImportBack(one.importId)}>
          Take {masksWord(toReview + waiting)} back
        </Button>
        <Button key="keep" tone="quiet" onClick={() => askToUndo(null)}>
          Keep
        </Button>
      </>
    );
  }
  return (
    <>
      {waiting > 0 && <Button key="show" onClick={showWaiting}>Show waiting</Button>}
      {toReview + waiting > 0 && (
        <Button key="ask" tone="quiet" onClick={() => askToUndo(one.importId)}>
          Undo…
        </Button>
      )}
    </>
  );
};

const Row = ({ one }: { readonly one: MaskImport }) => {
  const label = useMaskImport((state) => state.formats.find(({ id }) => id === one.format)?.label ?? one.format);
  return (
    <li className="past-import" data-testid="past-import">
      <div className="past-import-words">
        <p className="past-import-source">
          <strong className="ellipsis" title={one.source}>
            {one.source}
          </strong>
          <span className="secondary">{label}</span>
        </p>
        <p className="secondary">
          {dayAndTime(one.atMs)} · {one.by} · {masksWord(one.masks)}
        </p>
        <p className="secondary">
          {became(one)}
        </p>
        <ImportIdLine importId={one.importId} />
      </div>
      <div className="past-import-ways">
        <Ways one={one} />
      </div>
    </li>
  );
};

/** Imports of masks, newest first, and what became of them. @param most at most so many of those that were read */
export const PastImports = ({ most = Infinity }: { readonly most?: number }) => {
  const imports = usePastImports((state) => state.imports);
  // A question that was left open is not asked again where something else is wanted of Enter.
  useEffect(() => () => askToUndo(null), []);
  return (
    <ol className="past-imports">
      {(imports ?? []).slice(0, most).map((one) => (
        <Row key={one.importId} one={one} />
      ))}
    </ol>
  );
};
