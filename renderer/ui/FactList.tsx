import './FactList.css';

/** What it is, and how it is. A name may be there more than once. */
export type Fact = readonly [name: string, value: string];

/** Facts of something that was done, a line each; people copy them. */
export const FactList = ({ facts, testId }: { readonly facts: readonly Fact[]; readonly testId?: string }) => (
  <dl className="fact-list" data-testid={testId}>
    {facts.map(([name, value]) => (
      <div key={`${name} ${value}`}>
        <dt className="secondary">{name}</dt>
        <dd className="selectable">{value}</dd>
      </div>
    ))}
  </dl>
);
