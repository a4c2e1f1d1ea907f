import type { ImportPreview } from '../../../shared/contracts/rpc/maskImports.ts';
import { anotherMaskImport, applyImport, inspectAs } from '../../actions/imports/importMasks.ts';
import { useMaskImport, type MaskImport } from '../../stores/maskImport.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { Categories } from './Categories.tsx';
import { Findings } from './Findings.tsx';
import { counted, images, masks, outcomeWords } from './importMasksWords.ts';

const Recognised = ({ preview, name }: { readonly preview: ImportPreview; readonly name: string }) => {
  const { formats, format } = useMaskImport();
  return (
    <section className="masks-source" aria-label="What was read">
      <h3 className="masks-title">What was read</h3>
      <p className="masks-source-name selectable" title={preview.source}>
        {name}
      </p>
      <p className="secondary" data-testid="masks-source">
        {preview.isOwnExport ? `An export of Maskdesk: ${preview.formatLabel}` : preview.formatLabel}, {images(preview.images)}, {counted(preview.instances, 'instance', 'instances')}
      </p>
      <Select
        label="Read as"
        options={[{ value: 'auto' as const, label: 'Found out by itself' }, ...formats.map(({ id, label }) => ({ value: id, label }))]}
        value={format}
        onChange={inspectAs}
      />
    </section>
  );
};

/** What was found and what it would come to. Nothing is written before the button. */
export const Decide = ({ current, preview }: { readonly current: MaskImport; readonly preview: ImportPreview }) => {
  const { outcome } = preview;
  const stop = outcome.stops[0];
  return (
    <div className="masks-decide" data-testid="masks-preview">
      <div className="masks-columns">
        <div className="masks-column masks-scroll" tabIndex={-1}>
          <h3 className="masks-title">What belongs to what</h3>
          <Findings preview={preview} />
        </div>
        <div className="masks-column masks-scroll" tabIndex={-1}>
          <Recognised preview={preview} name={current.source.name} />
          <Categories preview={preview} />
        </div>
      </div>
      <div className="masks-foot">
        <p className={stop === undefined ? 'secondary masks-foot-words' : 'masks-foot-words masks-warn'} role="status" data-testid="masks-outcome">
          {stop === undefined ? outcomeWords(outcome) : stop.sentence}
        </p>
        <Button onClick={anotherMaskImport}>Back</Button>
        <Button tone="accent" data-autofocus disabled={stop !== undefined || outcome.masks === 0 || current.isRecounting} data-testid="masks-apply" onClick={applyImport}>
          Import {masks(outcome.masks)}
        </Button>
      </div>
    </div>
  );
};
