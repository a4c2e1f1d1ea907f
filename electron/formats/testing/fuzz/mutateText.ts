import { hostileNames, hostileNumbers, pickOf, placeIn, type Pick } from './hostile.ts';
import type { Mutation } from './mutateBytes.ts';

const intruders = [
  '<!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY e SYSTEM "file:///etc/passwd">]><a>&d;&e;</a>',
  '<a>'.repeat(3000),
  '['.repeat(3000),
  '{"a":'.repeat(3000),
  '- '.repeat(2000),
  '&a [*a, *a]\n',
  '\n!!js/function "x"\n',
  '&#0;&#xFFFFFFFF;',
  ']]>',
  '\0',
  '\uFEFF',
  '\n\n\n',
  '"',
  '<',
  '}',
  ',',
] as const;

/** The first of all matches of `pattern` that begins at the place or later, else the last one before it. */
const tokenAt = (text: string, pattern: RegExp, share: number): { readonly start: number; readonly end: number } | null => {
  const tokens = [...text.matchAll(pattern)];
  const token = tokens[placeIn(tokens.length, share)];
  return token === undefined ? null : { start: token.index, end: token.index + token[0].length };
};

interface TextMutation {
  readonly did: string;
  readonly text: string;
}

const replaced = (text: string, pattern: RegExp, by: (token: string) => string, { place }: Pick, what: string): TextMutation => {
  const token = tokenAt(text, pattern, place);
  if (token === null) return { did: 'nothing', text };
  const next = by(text.slice(token.start, token.end));
  return { did: `${what} at ${token.start} became ${next.slice(0, 60)}`, text: text.slice(0, token.start) + next + text.slice(token.end) };
};

const ways: readonly ((text: string, pick: Pick) => TextMutation)[] = [
  (text, pick) => replaced(text, /-?\d+(?:\.\d+)?/g, () => pickOf(hostileNumbers, pick.amount), pick, 'number'),
  (text, pick) => replaced(text, /-?\d+(?:\.\d+)?/g, (token) => `${token}${'9'.repeat(pick.amount % 12)}`, pick, 'number'),
  (text, pick) => replaced(text, /"[^"\n]*"/g, () => `"${pickOf(hostileNames, pick.amount)}"`, pick, 'quoted text'),
  (text, pick) => replaced(text, />[^<>]+</g, () => `>${pickOf(hostileNames, pick.amount)}<`, pick, 'text of an element'),
  (text, pick) => replaced(text, /[^\n]+\n?/g, () => '', pick, 'line'),
  (text, pick) => replaced(text, /[^\n]+\n?/g, (line) => (line.endsWith('\n') ? line : `${line}\n`).repeat(2 + (pick.amount % 40)), pick, 'line'),
  (text, pick) => replaced(text, /<[^<>]*>/g, () => '', pick, 'tag'),
  (text, pick) => replaced(text, /\w+/g, (word) => word + word, pick, 'word'),
  (text, { place, amount }) => {
    const at = placeIn(text.length, place);
    return { did: `${JSON.stringify(pickOf(intruders, amount).slice(0, 40))} put in at ${at}`, text: text.slice(0, at) + pickOf(intruders, amount) + text.slice(at) };
  },
  (text, { place, amount }) => {
    const at = placeIn(text.length, place);
    return { did: `${1 + (amount % 30)} characters left out at ${at}`, text: text.slice(0, at) + text.slice(at + 1 + (amount % 30)) };
  },
];

/** XML, YAML, CSV, lists of numbers, and JSON that is none any more. */
export const mutateText = (bytes: Uint8Array, pick: Pick): Mutation => {
  const { did, text } = pickOf(ways, pick.way)(new TextDecoder().decode(bytes), pick);
  return { did, bytes: new TextEncoder().encode(text) };
};
