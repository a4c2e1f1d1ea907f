import { Check, Info } from 'lucide-react';
import { completeOptions, hasEffect } from '../../../shared/domain/formatOptions.ts';
import type { ExportFormatInfo } from '../../../shared/contracts/rpc/exports.ts';
import { setExportChoice, setFormatOption, useExportChoice } from '../../stores/exportChoice.ts';
import { formatOf, useExportFormats } from '../../stores/exportFormats.ts';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { OptionField } from './OptionField.tsx';
import { SplitFields } from './SplitFields.tsx';
import { TargetFields } from './TargetFields.tsx';

/** What is known before: the losses of single masks are measured by reading back. */
const Limits = ({ format }: { readonly format: ExportFormatInfo }) => (
  <ul className="export-limits" aria-label={`What ${format.label} can’t carry`} data-testid="export-limits">
    {format.limits.length === 0 && (
      <li>
        <Check className="icon-small tone-ok" aria-hidden="true" />
        <span>Every pixel of the masks is carried.</span>
      </li>
    )}
    {format.limits.map((limit) => (
      <li key={limit}>
        <Info className="icon-small" aria-hidden="true" />
        <span className="secondary">{limit}</span>
      </li>
    ))}
  </ul>
);

const Options = ({ format }: { readonly format: ExportFormatInfo }) => {
  const chosen = useExportChoice((state) => state.options[format.id]);
  const { values } = completeOptions(format.options, chosen ?? {});
  return format.options.filter((option) => hasEffect(option, values)).map((option) => <OptionField key={option.name} option={option} value={values[option.name] ?? option.initial} onChange={(value) => setFormatOption(format.id, { [option.name]: value })} />);
};

const photoNotes = { always: 'The photos come along: this format makes no sense without them.', never: 'Photos do not come along in this format.' } as const;

const Photos = ({ format }: { readonly format: ExportFormatInfo }) => {
  const withPhotos = useExportChoice((state) => state.withPhotos);
  if (format.photos !== 'optional') return <p className="secondary export-line">{photoNotes[format.photos]}</p>;
  return <Switch label="Photos" hint="As the masks lie on them. Without them their paths and digests are in the manifest." isOn={withPhotos} onChange={(isOn) => setExportChoice({ withPhotos: isOn })} />;
};

const Categories = () => {
  const { categoryKind, categoryName } = useExportChoice();
  return (
    <div className="export-option">
      <div className="export-option-words">
        <span aria-hidden="true">Category</span>
        <span className="secondary">{categoryKind === 'one' ? 'Every mask is of this one.' : 'The product’s id; keyframes take the product of their video.'}</span>
      </div>
      <div className="export-pair">
        {categoryKind === 'one' && (
          <TextField className="export-category" label="Name of the category" isLabelUnseen value={categoryName} maxLength={100} onChange={(event) => setExportChoice({ categoryName: event.target.value })} />
        )}
        <SegmentedControl
          label="Category"
          choices={[
            { value: 'one', label: 'One' },
            { value: 'product', label: 'By product' },
          ]}
          value={categoryKind}
          onChange={(kind) => setExportChoice({ categoryKind: kind })}
        />
      </div>
    </div>
  );
};

const nameNotes = {
  ids: 'By the id of each picture: product-shoe_back.png.',
  original: 'As the photo’s own file; with its folder where two have one name.',
} as const;

/** Whoever has the photos already finds the masks by these. */
const Names = () => {
  const names = useExportChoice((state) => state.names);
  return (
    <div className="export-option">
      <div className="export-option-words">
        <span aria-hidden="true">File names</span>
        <span className="secondary">{nameNotes[names]}</span>
      </div>
      <SegmentedControl
        label="File names"
        choices={[
          { value: 'ids', label: 'By id' },
          { value: 'original', label: 'As the photo' },
        ]}
        value={names}
        onChange={(chosen) => setExportChoice({ names: chosen })}
      />
    </div>
  );
};

const Verify = ({ format }: { readonly format: ExportFormatInfo }) => {
  const verify = useExportChoice((state) => state.verify);
  const canVerify = format.readBack !== null;
  return (
    <Switch
      label="Verify by reading back"
      hint={canVerify ? 'Every mask is compared pixel by pixel before the export counts as done.' : 'This format is for looking at: there is nothing to read back.'}
      isOn={canVerify && verify}
      isDisabled={!canVerify}
      onChange={(isOn) => setExportChoice({ verify: isOn })}
    />
  );
};

/** How the format is written, and where to. */
export const HowColumn = () => {
  const formats = useExportFormats((state) => state.formats);
  const format = formatOf(formats, useExportChoice((state) => state.format));
  return (
    <section className="sheet-column" aria-label="How and where">
      <h3 className="sheet-title">How and where</h3>
      {format !== null && (
        <div className="export-scroll export-how" tabIndex={-1}>
          <Limits format={format} />
          <Options format={format} />
          <Photos format={format} />
          <Categories />
          <Names />
          <SplitFields />
          <Verify format={format} />
        </div>
      )}
      {format !== null && <TargetFields />}
    </section>
  );
};
