type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Drops keys whose value is undefined: in our ports an optional key is absent, in parsed input it may be there without a value. */
export const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>;
