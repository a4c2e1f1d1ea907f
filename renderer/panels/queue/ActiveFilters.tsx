import { useEffect } from 'react';
import { X } from 'lucide-react';
import { clearFilters } from '../../actions/moving/clearFilters.ts';
import { loadFacets, nameOf, narrowedTo, narrowingLabels, narrowings, useFacets } from '../../stores/facets.ts';
import { inBackground } from '../../stores/notices.ts';
import { setFilter, useQueue } from '../../stores/queue.ts';
import type { QueueFilter } from '../../stores/queueFilter.ts';
import { keepFocus } from '../../ui/keepFocus.ts';

interface ActiveFilter {
  readonly label: string;
  readonly shown: string;
  readonly without: Partial<QueueFilter>;
}

const Remover = ({ label, shown, without }: ActiveFilter) => (
  <button
    type="button"
    className="active-filter"
    title={`${label}: ${shown}`}
    aria-label={`Remove filter ${label}: ${shown}`}
    data-testid="active-filter"
    onMouseDown={keepFocus}
    onClick={() => inBackground(setFilter(without), 'queue')}
  >
    <span className="ellipsis">{shown}</span>
    <X aria-hidden="true" />
  </button>
);

/** What the list is narrowed to, each with the way out of it. State, kind and text have their own place above. */
export const ActiveFilters = () => {
  const filter = useQueue((state) => state.filter);
  const names = useFacets((state) => state.names);
  const active: readonly ActiveFilter[] = [
    ...narrowings.flatMap((narrowing) => {
      const value = filter[narrowing];
      return value === null ? [] : [{ label: narrowingLabels[narrowing], shown: nameOf(names, narrowing, value), without: narrowedTo(narrowing, null) }];
    }),
    ...(filter.jobId === null ? [] : [{ label: 'Job', shown: `Job ${filter.jobId}`, without: { jobId: null } }]),
    ...(filter.hasDraft ? [{ label: 'Draft', shown: 'With a draft', without: { hasDraft: false } }] : []),
    ...(filter.importWaits ? [{ label: 'Imports', shown: 'An import waits', without: { importWaits: false } }] : []),
  ];
  const isUnnamed = narrowings.some((narrowing) => filter[narrowing] !== null && names[`${narrowing}:${filter[narrowing]}`] === undefined);
  useEffect(() => {
    if (isUnnamed) inBackground(loadFacets(), 'facets');
  }, [isUnnamed]);
  if (active.length === 0) return null;
  return (
    <div className="queue-chips" role="group" aria-label="Filters">
      {active.map((one) => (
        <Remover key={one.label} {...one} />
      ))}
      <button type="button" className="clear-filters" onMouseDown={keepFocus} onClick={clearFilters.run}>
        Clear all
      </button>
    </div>
  );
};
