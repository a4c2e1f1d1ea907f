import fc from 'fast-check';

/** What means something to a format, to a file system or to a reader of addresses. */
const oddIds = [
  'face-mask', 'face_mask', 'x_color', 'a.b', 'a.png', 'a.JSON', '100%', '%41', '%', ' lead', 'two words', 'a/b', 'a\\b', '..', '.hidden', 'CON', 'nul.txt', 'Ä', 'A\u0308', '日本', '😀', 'a?b#c', 's3://b/c',
  'street_gtFine_labelIds', 'street_leftImg8bit', 'masks', 'images', 'labels', 'train', 'val', 'classes', 'readme', 'data', 'labelmap', 'metadata', 'manifest', 'annotations', '1a2b3c4d-shoe', '0', '-1', '__proto__', 'x'.repeat(300),
] as const;

/** What separates, quotes, comments or ends in some format; what a reader takes for a number, a truth or a member of its own. */
const oddCategories = [
  'mug', 'yes', 'No', 'null', '~', '12:30', '1_000', '1e3', '007', '#x', '# label:color_rgb:parts:actions', 'a:b', 'a_b', 'a#b', 'a\nb', 'a\r\nb', 'a b', 'a  b', ' lead ', 'lead', '\u00a0', '\t', ',', '-', '%s', '{"id":1}', '"', "'",
  '<&">', ']]>', '&amp;', '\\u0041', '\\', 'a\u0001', 'a\u0002', 'a\ufffd', 'a\u007f', 'a\u0085b', 'a\u2028b', '\ufeffa', 'a\uffff', 'é', 'e\u0301', '😀', 'background', 'background 2', 'unlabelled', 'void', '__proto__', 'constructor',
  'images', 'items', 'annotations', 'segments_info', 'caption', 'shapes', 'x'.repeat(100),
] as const;

/** Ids as stores have them: any text but an empty one. */
export const arbitraryId: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...oddIds), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }));

/** Names of categories, which may be ids of products. */
export const arbitraryCategory: fc.Arbitrary<string> = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...oddCategories) }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }) });
