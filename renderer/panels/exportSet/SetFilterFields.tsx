import { X } from 'lucide-react';
import { assetKinds, type AssetKind } from '../../../shared/domain/asset.ts';
import { verdictHistories, type AssetFilter, type FacetName } from '../../../shared/domain/assetQuery.ts';
import { checkLabels } from '../../../shared/domain/check.ts';
import { rejectReasonLabels } from '../../../shared/domain/verdict.ts';
import { maskStateLabels } from '../../actions/exports/exportNames.ts';
import { setExportChoice, useExportChoice } from '../../stores/exportChoice.ts';
import { changedFilter, dayBefore, dayOf, endOfDay, historyLabels, maskStates, startOfDay, statesOf, withStateToggled } from '../../stores/setFilter.ts';
import { useSetFacets } from '../../stores/setFacets.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { keepFocus } from '../../ui/keepFocus.ts';
import { Field } from './Field.tsx';

const any = '';
type Facetted = 'productId' | 'videoId' | 'reviewer' | 'modelId';

const facetted: readonly { readonly of: Facetted; readonly facet: FacetName; readonly label: string; readonly anyWord: string }[] = [
  { of: 'productId', facet: 'products', label: 'Product', anyWord: 'Every product' },
  { of: 'videoId', facet: 'videos', label: 'Video', anyWord: 'Every video' },
  { of: 'reviewer', facet: 'reviewers', label: 'Reviewer', anyWord: 'Everybody' },
  { of: 'modelId', facet: 'models', label: 'Model', anyWord: 'Every model' },
];

const kindLabels: Readonly<Record<AssetKind, string>> = { product_image: 'Product images', keyframe: 'Keyframes' };

/** A choice of the filter's values, each with what it would leave. One that is chosen stays in the list when it leaves nothing. */
const FacetField = ({ filter, of, facet, label, anyWord }: (typeof facetted)[number] & { readonly filter: AssetFilter }) => {
  const values = useSetFacets((state) => state.facets?.[facet]) ?? [];
  const chosen = filter[of];
  const isListed = chosen === undefined || values.some(({ value }) => value === chosen);
  return (
    <Field label={label}>
      <Select
        label={label}
        value={chosen ?? any}
        options={[
          { value: any, label: anyWord },
          ...(isListed ? [] : [{ value: chosen, label: chosen }]),
          ...values.map(({ value, label: name, count }) => ({ value, label: name, aside: count.toLocaleString() })),
        ]}
        onChange={(value) => setExportChoice({ filter: changedFilter(filter, { [of]: value === any ? null : value }) })}
      />
    </Field>
  );
};

/** What the queue narrowed by and this form has no field for: it can be taken away. */
const Further = ({ filter }: { readonly filter: AssetFilter }) => {
  const further: readonly (readonly [keyof AssetFilter, string])[] = [
    ...(filter.check === undefined ? [] : [['check', checkLabels[filter.check]] as const]),
    ...(filter.rejectReason === undefined ? [] : [['rejectReason', rejectReasonLabels[filter.rejectReason]] as const]),
    ...(filter.jobId === undefined ? [] : [['jobId', `Job ${filter.jobId}`] as const]),
    ...(filter.hasDraft === true ? [['hasDraft', 'With a draft'] as const] : []),
    ...(filter.importWaits === true ? [['importWaits', 'An import waits'] as const] : []),
  ];
  if (further.length === 0) return null;
  return (
    <Field label="And">
      <div className="export-chips">
        {further.map(([key, words]) => (
          <button
            key={key}
            type="button"
            className="chip chip-active export-further"
            title={words}
            aria-label={`Remove filter: ${words}`}
            onMouseDown={keepFocus}
            onClick={() => setExportChoice({ filter: changedFilter(filter, { [key]: null }) })}
          >
            <span className="ellipsis">{words}</span>
            <X size={13} aria-hidden="true" />
          </button>
        ))}
      </div>
    </Field>
  );
};

/** What the set is narrowed to. */
export const SetFilterFields = () => {
  const filter = useExportChoice((state) => state.filter);
  const change = (next: AssetFilter): void => setExportChoice({ filter: next });
  const states = statesOf(filter);
  return (
    <div className="export-fields" data-testid="export-filter">
      <Field label="State">
        <div className="export-chips" role="group" aria-label="State">
          {maskStates.map((state) => (
            <Chip key={state} isActive={states.includes(state)} onClick={() => change(withStateToggled(filter, state))}>
              {maskStateLabels[state]}
            </Chip>
          ))}
        </div>
      </Field>
      <Field label="Kind">
        <Select
          label="Kind"
          value={filter.kind ?? any}
          options={[{ value: any, label: 'Both kinds' }, ...assetKinds.map((kind) => ({ value: kind, label: kindLabels[kind] }))]}
          onChange={(kind) => change(changedFilter(filter, { kind: assetKinds.find((one) => one === kind) ?? null }))}
        />
      </Field>
      {facetted.map((one) => (
        <FacetField key={one.of} filter={filter} {...one} />
      ))}
      <Field label="History">
        <Select
          label="History"
          value={filter.history ?? any}
          options={[{ value: any, label: 'Whatever happened before' }, ...verdictHistories.map((history) => ({ value: history, label: historyLabels[history] }))]}
          onChange={(history) => change(changedFilter(filter, { history: verdictHistories.find((one) => one === history) ?? null }))}
        />
      </Field>
      <Field label="Judged">
        <div className="export-days">
          <TextField
            label="Judged from"
            isLabelUnseen
            type="date"
            value={filter.decidedFromMs === undefined ? '' : dayOf(filter.decidedFromMs)}
            onChange={(event) => change(changedFilter(filter, { decidedFromMs: startOfDay(event.target.value) }))}
          />
          <span className="secondary">to</span>
          <TextField
            label="Judged to"
            isLabelUnseen
            type="date"
            value={filter.decidedBeforeMs === undefined ? '' : dayBefore(filter.decidedBeforeMs)}
            onChange={(event) => change(changedFilter(filter, { decidedBeforeMs: endOfDay(event.target.value) }))}
          />
        </div>
      </Field>
      <Field label="Text">
        <TextField label="Id or title" isLabelUnseen placeholder="Part of the id or title" value={filter.text ?? ''} maxLength={200} onChange={(event) => change(changedFilter(filter, { text: event.target.value === '' ? null : event.target.value }))} />
      </Field>
      <Further filter={filter} />
    </div>
  );
};
