/** For documents of lines: a break would end the line, and categories may be product ids, which may hold anything. */
// eslint-disable-next-line no-control-regex -- these are what is to go
export const onOneLine = (name: string): string => name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]+/g, ' ').trim();
