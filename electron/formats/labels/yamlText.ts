/** What YAML 1.1 can't hold as it is, or takes for the end of a line (https://yaml.org/spec/1.1/, 5.1 and 5.4); JSON leaves these as they are. */
const unseen = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * A text in quotes that YAML of all versions reads as that text: JSON's escapes are YAML's. In quotes always: to readers of YAML 1.1 (PyYAML) a bare `yes`, `12:30` or
 * `1_000` is no text.
 */
export const yamlText = (text: string): string => JSON.stringify(text.toWellFormed()).replace(unseen, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
