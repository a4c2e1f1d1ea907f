import { useEffect, useRef } from 'react';
import type { ImportPreview } from '../../../shared/contracts/rpc/maskImports.ts';
import { followIncomingPictures } from '../../actions/imports/incomingPictures.ts';
import { anotherMaskImport, applyImport, inspectAs } from '../../actions/imports/importMasks.ts';
import { lookAt, useIncomingPictures } from '../../stores/incomingPictures.ts';
import { decisionsOf, useMaskImport, type MaskImport } from '../../stores/maskImport.ts';
import { Button } from '../../ui/Button.tsx';
import { CardFoot } from '../../ui/CardFoot.tsx';
import { Select } from '../../ui/Select.tsx';
import { Categories } from './Categories.tsx';
import { Findings } from './Findings.tsx';
import { counted, masksWord } from '../shared/words.ts';
import { imagesWord, outcomeWords, stopWords } from './importMasksWords.ts';
import { LargePicture } from './LargePicture.tsx';
import { Pictures } from './Pictures.tsx';

const Recognised = ({ preview, name }: { readonly preview: ImportPreview; readonly name: string }) => {
  const { formats, format } = useMaskImport();
  return (
    <section className="masks-source" aria-label="What was read">
      <h3 className="sheet-title">What was read</h3>
      <p className="masks-source-name selectable" title={preview.source}>
        {name}
      </p>
      <p className="secondary" data-testid="masks-source">
        {preview.isOwnExport ? `An export of Maskdesk: ${preview.formatLabel}` : preview.formatLabel}, {imagesWord(preview.images)}, {counted(preview.instances, 'instance', 'instances')}
      </p>
      <div className="masks-read-as">
        <span className="secondary" aria-hidden="true">
          Read as
        </span>
        <Select label="Read as" options={[{ value: 'auto' as const, label: 'What it looks like' }, ...formats.map(({ id, label }) => ({ value: id, label }))]} value={format} onChange={inspectAs} />
      </div>
    </section>
  );
};

/** The choices of the first thing that stands open; null: nothing does. */
const firstOpen = (findings: HTMLElement | null): HTMLElement | null => findings?.querySelector<HTMLElement>('[data-undecided] [role="radio"][tabindex="0"]') ?? null;

/** What was found and what it would come to. Nothing is written before the button. */
export const Decide = ({ current, preview }: { readonly current: MaskImport; readonly preview: ImportPreview }) => {
  const { inspectionId, outcome, samples } = preview;
  const findings = useRef<HTMLDivElement>(null);
  const pictures = useRef<HTMLDivElement>(null);
  const applyButton = useRef<HTMLButtonElement>(null);
  const lookedAt = useIncomingPictures((state) => (state.inspectionId === inspectionId ? state.lookedAt : null));
  const decisions = decisionsOf(current, preview);
  const isStopped = outcome.stops.length > 0;
  useEffect(() => {
    // The buttons of the reading are gone: what is to be decided comes first, else Enter imports; where nothing would come in arrows scroll. Who works on meanwhile keeps the focus.
    if (document.activeElement !== document.body) return;
    const apply = applyButton.current?.disabled === false ? applyButton.current : null;
    (firstOpen(findings.current) ?? apply ?? findings.current)?.focus();
  }, []);
  // Anew with each preview: what it shows depends on what was decided. Made already, it is there at once.
  useEffect(() => followIncomingPictures(inspectionId), [inspectionId, samples]);
  const goToOpen = (): void => firstOpen(findings.current)?.focus();
  const close = (): void => lookAt(null);
  useEffect(() => {
    if (lookedAt === null) return undefined;
    const column = pictures.current;
    return () => {
      requestAnimationFrame(() => column?.querySelector<HTMLElement>(`[data-image="${lookedAt}"]`)?.focus());
    };
  }, [lookedAt]);
  return (
    <div className="masks-decide" data-testid="masks-preview">
      {lookedAt !== null && <LargePicture inspectionId={inspectionId} samples={samples} image={lookedAt} onTurn={lookAt} onClose={close} />}
      <div className="sheet-columns masks-columns" hidden={lookedAt !== null}>
        <div ref={findings} className="sheet-column masks-scroll" tabIndex={-1}>
          <h3 className="sheet-title">What belongs to what</h3>
          <Findings preview={preview} decisions={decisions} />
          <Categories categories={preview.categories} uses={decisions.categories} />
        </div>
        <div ref={pictures} className="sheet-column masks-scroll" tabIndex={-1}>
          <Recognised preview={preview} name={current.source.name} />
          <Pictures inspectionId={inspectionId} samples={samples} onOpen={lookAt} />
        </div>
      </div>
      <CardFoot words={isStopped ? stopWords(outcome.stops) : outcomeWords(outcome)} isObstacle={isStopped} testId="masks-outcome">
        <Button onClick={anotherMaskImport}>Back</Button>
        {isStopped && lookedAt === null && (
          <Button data-testid="masks-open" onClick={goToOpen}>
            {outcome.stops.length === 1 ? 'Choose it' : `Choose (${outcome.stops.length} open)`}
          </Button>
        )}
        <Button ref={applyButton} tone="accent" data-autofocus disabled={isStopped || outcome.masks === 0 || current.isRecounting} data-testid="masks-apply" onClick={applyImport}>
          Import {masksWord(outcome.masks)}
        </Button>
      </CardFoot>
    </div>
  );
};
