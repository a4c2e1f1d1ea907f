import './LongName.css';

interface LongNameProps {
  readonly name: string;
  readonly className?: string;
}

/** Shorter names have no end of their own. In characters. */
const longFrom = 14;
/** Where a name has no separator near its end, so much of it always shows. In characters. */
const tailLength = 4;

/** Ids of one series differ at their end: `_0041`, or the last few characters. @returns where it begins */
const tailStartOf = (name: string): number => {
  const characters = [...name];
  if (characters.length < longFrom) return name.length;
  const tail = /[_\-./][^_\-./\s]{1,8}$/.exec(name)?.[0] ?? characters.slice(-tailLength).join('');
  return name.length - tail.length;
};

/** An id on one line that loses its middle where there is no room: `summer-haul-2026…_0041`. The whole is its title. */
export const LongName = ({ name, className = '' }: LongNameProps) => {
  const tailStart = tailStartOf(name);
  return (
    <span className={`long-name ${className}`} title={name}>
      {/* In one piece for assistive tools, which would read two parts as two words; the parts are drawn. */}
      <span className="unseen">{name}</span>
      <span className="long-name-head" aria-hidden="true" data-shown={name.slice(0, tailStart)} />
      <span className="long-name-tail" aria-hidden="true" data-shown={name.slice(tailStart)} />
    </span>
  );
};
