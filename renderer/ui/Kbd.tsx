import './Kbd.css';

/** Key caps of one chord. */
export const Kbd = ({ caps }: { readonly caps: readonly string[] }) => (
  <span className="kbd" aria-hidden="true">
    {caps.map((cap) => (
      <kbd key={cap}>{cap}</kbd>
    ))}
  </span>
);
