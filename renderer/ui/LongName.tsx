import './LongName.css';

interface LongNameProps {
  readonly name: string;
  readonly className?: string;
}

/** Ids of one series differ at their end: so much of it always shows. In characters. */
const tailLength = 7;
/** Shorter names have no end of their own. In characters. */
const longFrom = 16;

/** A name on one line that loses its middle where there is no room: `summer-haul-2026…_0041`. The whole is its title. */
export const LongName = ({ name, className = '' }: LongNameProps) => {
  const characters = [...name];
  const split = characters.length < longFrom ? characters.length : characters.length - tailLength;
  return (
    <span className={`long-name ${className}`} title={name}>
      <span className="ellipsis">{characters.slice(0, split).join('')}</span>
      {split < characters.length && <span className="long-name-tail">{characters.slice(split).join('')}</span>}
    </span>
  );
};
