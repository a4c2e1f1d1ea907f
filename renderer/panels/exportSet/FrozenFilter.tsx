import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import { filterWords } from '../../actions/exports/exportNames.ts';
import { nameOf, useFacets } from '../../stores/facets.ts';

/** What was frozen, and by which filter: that can't be changed any more. */
export const FrozenFilter = ({ filter, title }: { readonly filter: AssetFilter; readonly title: string }) => {
  const names = useFacets((state) => state.names);
  return (
    <div className="export-frozen">
      <p className="export-frozen-title">{title}</p>
      <p className="secondary selectable">{filterWords(filter, (of, value) => nameOf(names, of, value)).join(' · ')}</p>
    </div>
  );
};
