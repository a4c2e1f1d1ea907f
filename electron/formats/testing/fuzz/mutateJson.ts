import { hostileNames, hostileNumbers, pickOf, placeIn, type Pick } from './hostile.ts';
import type { Mutation } from './mutateBytes.ts';
import { mutateText } from './mutateText.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

interface Place {
  readonly parent: Json[] | { [key: string]: Json };
  readonly key: string;
  readonly value: Json;
  readonly name: string;
}

/** What an earlier change made too deep is passed over. */
const maxDepth = 50;

const placesOf = (value: Json, name: string, found: Place[], depth = 0): Place[] => {
  if (value === null || typeof value !== 'object' || depth > maxDepth) return found;
  for (const [key, child] of Object.entries(value)) {
    const place = { parent: value, key, value: child, name: `${name}${Array.isArray(value) ? `[${key}]` : `.${key}`}` };
    found.push(place);
    placesOf(child, place.name, found, depth + 1);
  }
  return found;
};

/** Stands for text that is not JSON, or too deep to be written: put in once the rest is text. */
const marker = '\u0001raw\u0001';
const deep = ['['.repeat(4000) + ']'.repeat(4000), '{"a":'.repeat(4000) + '1' + '}'.repeat(4000)] as const;

interface Change {
  readonly value: Json | undefined;
  readonly raw?: string;
}

const ofText = (value: string, { amount, place }: Pick): readonly Change[] => [
  { value: pickOf(hostileNames, amount) },
  { value: value.slice(0, placeIn(value.length, place)) },
  { value: value + value },
  { value: value.repeat(1 + (amount % 200)) },
  { value: value + String.fromCharCode(33 + (amount % 200)) },
  { value: 'o'.repeat(1 + (amount % 50)) },
];

const ofList = (value: Json[], { amount, place }: Pick): readonly Change[] => [
  { value: [...value, 1e9] },
  { value: [...value, -1] },
  { value: value.slice(0, placeIn(value.length, place)) },
  { value: [...value].reverse() },
  { value: Object.fromEntries(value.map((item, index) => [String(index), item])) },
  { value: Array.from({ length: 1 + (amount % 30) }, () => value).flat() },
  { value: value.map(() => null) },
  { value: [] },
  { value: [value] },
];

const ofNumber = (value: number, { amount }: Pick): readonly Change[] => [
  { value: value + 1 + (amount % 50) },
  { value: -value },
  { value: value * 1000 },
  ...Array.from({ length: 4 }, (_, index) => ({ value: null, raw: pickOf(hostileNumbers, amount + index) })),
];

const ofAny = (value: Json, { amount }: Pick): readonly Change[] => [
  { value: undefined },
  { value: null, raw: pickOf(hostileNumbers, amount) },
  { value: null, raw: pickOf(hostileNumbers, amount) },
  { value: pickOf(hostileNames, amount) },
  { value: null },
  { value: {} },
  { value: [value] },
  { value: true },
  { value: null, raw: pickOf(deep, amount) },
];

/** Changes one node of the document; what is no JSON is changed as text. */
export const mutateJson = (bytes: Uint8Array, pick: Pick): Mutation => {
  let document: Json;
  try {
    document = JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch {
    return mutateText(bytes, pick);
  }
  const holder = { document };
  const places = placesOf(holder, '', []);
  const { parent, key, value, name } = places[placeIn(places.length, pick.place)] as Place;
  const own = typeof value === 'string' ? ofText(value, pick) : Array.isArray(value) ? ofList(value, pick) : typeof value === 'number' ? ofNumber(value, pick) : [];
  const change = pickOf([...own, ...ofAny(value, pick)], pick.way);
  if (change.value === undefined && !Array.isArray(parent)) delete parent[key];
  else if (Array.isArray(parent)) parent.splice(Number(key), 1, ...(change.value === undefined ? [] : [change.raw === undefined ? change.value : marker]));
  else parent[key] = change.raw === undefined ? (change.value as Json) : marker;
  const shown = change.raw ?? JSON.stringify(change.value) ?? 'nothing';
  const text = (JSON.stringify(holder.document) ?? '').replace(JSON.stringify(marker), () => change.raw ?? '');
  return { did: `${name} became ${shown.slice(0, 80)}`, bytes: new TextEncoder().encode(text) };
};
