import type { KeyboardEvent } from 'react';
import { setExportChoice, useExportChoice } from '../../stores/exportChoice.ts';
import { formatOf, useExportFormats } from '../../stores/exportFormats.ts';
import { keepFocus } from '../../ui/keepFocus.ts';

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** What the masks are written in: all in sight, arrows go through them. */
export const FormatList = () => {
  const formats = useExportFormats((state) => state.formats);
  const chosen = formatOf(formats, useExportChoice((state) => state.format));
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const index = formats.findIndex(({ id }) => id === chosen?.id);
    const step = steps[event.key];
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? formats.length - 1 : step === undefined ? -1 : (index + step + formats.length) % formats.length;
    const format = formats[next];
    if (format === undefined) return;
    event.preventDefault();
    setExportChoice({ format: format.id });
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <section className="sheet-column" aria-label="Format">
      <h3 className="sheet-title">Format</h3>
      <div className="export-scroll export-formats" role="radiogroup" aria-label="Format" onKeyDown={move}>
        {formats.map(({ id, label, summary }) => (
          <button
            key={id}
            type="button"
            role="radio"
            className="export-format"
            aria-checked={id === chosen?.id}
            aria-label={`${label}. ${summary}`}
            title={summary}
            tabIndex={id === chosen?.id ? 0 : -1}
            data-testid={`export-format-${id}`}
            data-autofocus={id === chosen?.id ? '' : undefined}
            onMouseDown={keepFocus}
            onClick={() => setExportChoice({ format: id })}
          >
            <span className="export-format-label">{label}</span>
            <span className="secondary export-format-summary">{summary}</span>
          </button>
        ))}
      </div>
    </section>
  );
};
