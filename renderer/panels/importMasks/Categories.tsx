import type { FoundCategory } from '../../../shared/contracts/rpc/maskImports.ts';
import type { CategoryUse, ImportDecisions } from '../../../shared/domain/importDecisions.ts';
import { decide } from '../../actions/imports/importMasks.ts';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';

const choices: readonly { readonly value: CategoryUse; readonly label: string; readonly tip: string }[] = [
  { value: 'add', label: 'Add', tip: 'Is part of the mask' },
  { value: 'subtract', label: 'Subtract', tip: 'Is cut out of it, as a hand' },
  { value: 'ignore', label: 'Ignore', tip: 'As if it were not there' },
];

interface CategoriesProps {
  readonly categories: readonly FoundCategory[];
  readonly uses: ImportDecisions['categories'];
}

/** The other tool's names, and what each is to a mask. */
export const Categories = ({ categories, uses }: CategoriesProps) => (
  <section className="masks-categories" aria-label="Categories">
    <h3 className="sheet-title">Categories</h3>
    {categories.map(({ name, instances }) => (
      <div key={name} className="masks-category">
        <span className="masks-category-name" title={name}>
          {name}
        </span>
        <span className="secondary figures">{instances.toLocaleString()}</span>
        <SegmentedControl label={`Category ${name}`} choices={choices} value={uses[name] ?? 'add'} onChange={(use) => decide({ categories: { ...uses, [name]: use } })} />
      </div>
    ))}
    {categories.length === 0 && <p className="secondary">None are named.</p>}
  </section>
);
