/** Names and values, one a row; long values end in an ellipsis and can be copied. */
export const Facts = ({ rows }: { readonly rows: readonly (readonly [name: string, value: string])[] }) => (
  <dl className="facts">
    {rows.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd className="ellipsis selectable" title={value}>
          {value}
        </dd>
      </div>
    ))}
  </dl>
);
