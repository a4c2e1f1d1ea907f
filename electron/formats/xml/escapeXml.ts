/** What XML 1.0 can't hold in any way of writing it (https://www.w3.org/TR/xml/#charsets). */
// eslint-disable-next-line no-control-regex -- these are what is to go
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' };

/** What of a text XML can hold: other characters become U+FFFD. */
export const inXml = (text: string): string => text.toWellFormed().replace(impossible, '\ufffd');

/** For texts and for attributes in quotes; characters that XML does not know become U+FFFD. */
export const escapeXml = (text: string): string => inXml(text).replace(/[&<>"'\n\r\t]/g, (sign) => names[sign] as string);
