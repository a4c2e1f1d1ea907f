import type { ImportPreview } from '../../../shared/contracts/rpc/maskImports.ts';
import type { CategoryUse } from '../../../shared/domain/importDecisions.ts';
import { decide } from '../../actions/imports/importMasks.ts';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';

const uses: readonly { readonly value: CategoryUse; readonly label: string; readonly tip: string }[] = [
  { value: 'add', label: 'Add', tip: 'Is part of the mask' },
  { value: 'subtract', label: 'Subtract', tip: 'Is cut out of it, as a hand' },
  { value: 'ignore', label: 'Ignore', tip: 'As if it were not there' },
];

/** The other tool's names, and what each is to a mask. */
export const Categories = ({ preview: { categories, outcome } }: { readonly preview: ImportPreview }) => {
  const chosen = outcome.decisions.categories;
  return (
    <section className="masks-categories" aria-label="Categories">
      <h3 className="sheet-title">Categories</h3>
      {categories.map(({ name, instances }) => (
        <div key={name} className="masks-category">
          <span className="masks-category-name" title={name}>
            {name}
          </span>
          <span className="secondary figures">{instances.toLocaleString()}</span>
          <SegmentedControl label={`Category ${name}`} choices={uses} value={chosen[name] ?? 'add'} onChange={(use) => decide({ categories: { ...chosen, [name]: use } })} />
        </div>
      ))}
      {categories.length === 0 && <p className="secondary">None are named.</p>}
    </section>
  );
};
