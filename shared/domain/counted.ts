/** In English sentences of core and command line: `1 mask`, `1,200 masks`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
