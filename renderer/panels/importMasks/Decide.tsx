import { useEffect, useRef } from 'react';
import type { ImportPreview } from '../../../shared/contracts/rpc/maskImports.ts';
import { anotherMaskImport, applyImport, inspectAs } from '../../actions/imports/importMasks.ts';
import { decisionsOf, useMaskImport, type MaskImport } from '../../stores/maskImport.ts';
import { Button } from '../../ui/Button.tsx';
import { CardFoot } from '../../ui/CardFoot.tsx';
import { Select } from '../../ui/Select.tsx';
import { Categories } from './Categories.tsx';
import { Findings } from './Findings.tsx';
import { counted, images, masks, outcomeWords, stopWords } from './importMasksWords.ts';

const Recognised = ({ preview, name }: { readonly preview: ImportPreview; readonly name: string }) => {
  const { formats, format } = useMaskImport();
  return (
    <section className="masks-source" aria-label="What was read">
      <h3 className="sheet-title">What was read</h3>
      <p className="masks-source-name selectable" title={preview.source}>
        {name}
      </p>
      <p className="secondary" data-testid="masks-source">
        {preview.isOwnExport ? `An export of Maskdesk: ${preview.formatLabel}` : preview.formatLabel}, {images(preview.images)}, {counted(preview.instances, 'instance', 'instances')}
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

/** What was found and what it would come to. Nothing is written before the button. */
export const Decide = ({ current, preview }: { readonly current: MaskImport; readonly preview: ImportPreview }) => {
  const { outcome } = preview;
  const findings = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The buttons of the reading are gone: Tab goes on with the first finding, arrows scroll; who works on meanwhile keeps the focus.
    if (document.activeElement === document.body) findings.current?.focus();
  }, []);
  const decisions = decisionsOf(current, preview);
  const isStopped = outcome.stops.length > 0;
  return (
    <div className="masks-decide" data-testid="masks-preview">
      <div className="sheet-columns masks-columns">
        <div ref={findings} className="sheet-column masks-scroll" tabIndex={-1}>
          <h3 className="sheet-title">What belongs to what</h3>
          <Findings preview={preview} decisions={decisions} />
        </div>
        <div className="sheet-column masks-scroll" tabIndex={-1}>
          <Recognised preview={preview} name={current.source.name} />
          <Categories categories={preview.categories} uses={decisions.categories} />
        </div>
      </div>
      <CardFoot words={isStopped ? stopWords(outcome.stops) : outcomeWords(outcome)} isObstacle={isStopped} testId="masks-outcome">
        <Button onClick={anotherMaskImport}>Back</Button>
        <Button tone="accent" data-autofocus disabled={isStopped || outcome.masks === 0 || current.isRecounting} data-testid="masks-apply" onClick={applyImport}>
          Import {masks(outcome.masks)}
        </Button>
      </CardFoot>
    </div>
  );
};
