import { ExpectedError } from '../../../shared/errors/errors.ts';

/** Something in the configuration that can not be used. */
export interface Fault {
  readonly section: string;
  readonly key: string;
  /** The file or the variable that holds it; null: nobody does, and somebody should. */
  readonly where: string | null;
  /** What was found and what is allowed. */
  readonly message: string;
}

const place = ({ section, key, where }: Fault): string => {
  const name = key === '' ? `[${section}]` : `[${section}] ${key}`;
  return where === null ? name : `${name} (${where})`;
};

export const faultLine = (fault: Fault): string => (fault.section === '' ? `${fault.where ?? ''}: ${fault.message}` : `${place(fault)}: ${fault.message}`);

/** All of them in one error, a line each. */
export const faultsError = (faults: readonly Fault[]): ExpectedError =>
  new ExpectedError('invalid_input', `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  ${faultLine(fault)}`).join('\n')}`, {
    details: { faults: faults.map(({ section, key, where, message }) => ({ section, key, where, message })) },
  });
