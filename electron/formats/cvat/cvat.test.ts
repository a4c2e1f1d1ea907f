import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { fuzzImport } from '../testing/fuzzImport.ts';
import { inFolder, sureness } from '../testing/inFolder.ts';
import { labelsOf, lines, textOf } from '../testing/pictureOf.ts';
import { codec, exportTo, openReader, readAll } from '../testing/tryFormat.ts';
import { escapeXml } from '../xml/escapeXml.ts';
import { cvatExport, cvatImport } from './index.ts';

const names = fc.constantFrom('mug', '<&">\'', 'Ä ß\n\tü😀', ']]>', '&amp;');

const messageOf = async (xml: string): Promise<string> =>
  inFolder({ 'annotations.xml': xml }, async (folder) =>
    openReader(folder, cvatImport).then(readAll).then(
      () => 'nothing',
      (error: unknown) => (error as Error).message,
    ),
  );
const document = (inside: string): string => `<annotations>\n<image id="0" name="a.png" width="4" height="3">\n${inside}\n</image>\n</annotations>`;

describe('CVAT 1.1', () => {
  it('gives every mask back as it was, as masks and as polygons, whatever labels are called', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ mask: arbitraryMask, category: names }), { minLength: 1, maxLength: 3 }), fc.constantFrom('masks', 'polygons'), async (items, shapes) => {
        await inFolder({}, async (folder) => {
          expect((await exportTo(folder, cvatExport, items, { options: { shapes } })).flat()).toEqual([]);
          const reader = await openReader(folder, cvatImport);
          expect(reader.imageCount).toBe(items.length);
          expect(reader.categories).toEqual([...new Set(items.map(({ category }) => category))].sort());
          const images = await readAll(reader);
          for (const [index, { mask, category }] of items.entries()) {
            const { widthPx, heightPx } = mask;
            expect(images[index]).toMatchObject({ file: `product-p${index + 1}.png`, size: { widthPx, heightPx } });
            expect(images[index]?.instances).toEqual(mask.data.includes(255) ? [{ category, mask }] : []);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('loses holes only where they are to be filled, and says so', async () => {
    await inFolder({}, async (folder) => {
      const mask = labelsOf('##### #...# #.#.# #...# #####');
      expect(await exportTo(folder, cvatExport, [{ mask }], { options: { shapes: 'polygons', holes: 'fill' } })).toEqual([['1 hole is filled.']]);
      const [image] = await readAll(await openReader(folder, cvatImport));
      expect(textOf(image?.instances[0]?.mask as Bitmap)).toBe(lines('##### ##### ##### ##### #####'));
    });
  });

  it('is written as CVAT writes it', async () => {
    await inFolder({}, async (folder) => {
      const mask = labelsOf('..... .##.. ...#. ..... .....');
      await exportTo(folder, cvatExport, [{ mask, split: 'train', category: 'a "cup"' }, { mask: emptyBitmap(2, 1), split: 'val', category: 'a "cup"' }], { withPhotos: true });
      expect(await readFile(join(folder, 'annotations.xml'), 'utf8')).toBe(`<?xml version="1.0" encoding="utf-8"?>
<annotations>
  <version>1.1</version>
  <meta>
    <task>
      <name>tried 1</name>
      <size>2</size>
      <mode>annotation</mode>
      <overlap>0</overlap>
      <created>2026-01-02 03:04:05.000000+00:00</created>
      <updated>2026-01-02 03:04:05.000000+00:00</updated>
      <labels>
        <label>
          <name>a &quot;cup&quot;</name>
          <type>mask</type>
          <attributes>
          </attributes>
        </label>
      </labels>
    </task>
    <dumped>2026-01-02 03:04:05.000000+00:00</dumped>
  </meta>
  <image id="0" name="product-p1.png" subset="train" width="5" height="5">
    <mask label="a &quot;cup&quot;" source="manual" occluded="0" rle="0, 2, 3, 1" left="1" top="1" width="3" height="2" z_order="0">
    </mask>
  </image>
  <image id="1" name="product-p2.png" subset="val" width="2" height="1">
  </image>
</annotations>
`);
      expect((await readAll(await openReader(folder, cvatImport))).map(({ photoPath }) => photoPath)).toEqual(['images/train/product-p1.png', 'images/val/product-p2.png']);
    });
  });

  // By hand after https://docs.cvat.ai/docs/manual/advanced/xml_format/: a project with subsets, all shapes, attributes, groups, Windows' folders, unknown labels.
  it('reads what CVAT writes and we do not', async () => {
    const xml = `<?xml version="1.0" encoding="utf-8"?>
<!-- exported --><annotations>
  <version>1.1</version>
  <meta><project><id>7</id><name>shop</name>
    <labels><label><name>cup</name><color>#ff0000</color><type>any</type><attributes><attribute><name>size</name><values>s\nm</values></attribute></attributes></label>
      <label><name>dog &amp; cat</name><attributes></attributes></label></labels>
    <original_size><width>6</width><height>3</height></original_size></project><dumped>2024-01-01</dumped></meta>
  <image id="0" name="in\\a.png" subset="Train" task_id="3" width="6" height="3">
    <mask label="cup" source="semi-auto" occluded="0" rle="1, 2, 1,4" left="1" top="1" width="4" height="2" z_order="2"><attribute name="size">m</attribute></mask>
    <polygon label="dog &amp; cat" source="manual" occluded="1" points="0.00,0.00;2.00,0.00;2.00,2.00;0.00,2.00" z_order="0" group_id="4"></polygon>
    <polygon label="dog &amp; cat" occluded="0" points="4,0;6,0;6,1;4,1" z_order="0" group_id="4"/>
    <polygon label="cup" occluded="0" points="4,0;6,0;6,1;4,1" z_order="0" group_id="4"/>
    <ellipse label="cup" cx="1.5" cy="1.5" rx="1.5" ry="0.6" rotation="90.0"/>
    <box label="cup" xtl="1" ytl="1" xbr="3" ybr="2" rotation="12"></box>
    <polyline label="cup" points="0,0;1,1"></polyline><points label="cup" points="0,0"></points><tag label="blurry" source="manual"></tag>
    <skeleton label="cup"><points label="ear" points="1,1"></points></skeleton>
  </image>
  <image id="1" name="b.png"></image>
</annotations>`;
    const files = { 'x/annotations.xml': xml, 'x/images/Train/in/a.png': await codec.encodeMatte(6, 3, new Uint8Array(18)) };
    expect(await sureness(files, cvatImport)).toBeGreaterThan(0.9);
    await inFolder(files, async (folder) => {
      const reader = await openReader(folder, cvatImport);
      expect(reader.categories).toEqual(['cup', 'dog & cat', 'blurry']);
      const remarks: string[] = [];
      for await (const { instances } of reader.images()) for (const instance of instances) remarks.push(`${instance.category}: ${instance.remarks.join(' ')}`);
      expect(remarks).toEqual([
        'cup: ',
        'dog & cat: ',
        'cup: ',
        'cup: ',
        'cup: A <box> is no region, and gives no mask.',
        'cup: A <polyline> is no region, and gives no mask.',
        'cup: A <points> is no region, and gives no mask.',
        'blurry: A <tag> is no region, and gives no mask.',
        'cup: A <skeleton> is no region, and gives no mask.',
      ]);
      const [image, other] = await readAll(reader);
      expect(image).toMatchObject({ file: 'in/a.png', photoPath: 'x/images/Train/in/a.png', place: 'x/annotations.xml, line 9' });
      expect(image?.instances.slice(0, 4).map(({ mask }) => textOf(mask))).toEqual([
        lines('...... ..##.. .####.'),
        lines('##..## ##.... ......'),
        lines('....## ...... ......'),
        lines('.#.... .#.... .#....'),
      ]);
      expect(other).toMatchObject({ file: 'b.png', size: { widthPx: 6, heightPx: 3 }, photoPath: null, instances: [] });
    });
  });

  it('says where a file is broken', async () => {
    const mask = (attributes: string): string => document(`<mask label="cup" ${attributes}/>`);
    expect(await messageOf(mask('rle="1, 3, 9" left="0" top="0" width="4" height="3"'))).toBe('annotations.xml, line 3, column 72: The run lengths go on beyond the 4 x 3 pixels of the mask.');
    expect(await messageOf(mask('rle="1, 3" left="0" top="0" width="4" height="3"'))).toContain('The run lengths are 4 pixels and the mask has 4 x 3.');
    expect(await messageOf(mask('rle="1, -3" left="0" top="0" width="4" height="3"'))).toContain('There is “-3” among the run lengths');
    expect(await messageOf(mask('rle="12" left="1" top="0" width="4" height="3"'))).toContain('The mask is 4 x 3 pixels at 1, 0, which is not inside of the image\'s 4 x 3.');
    expect(await messageOf(mask('rle="12" left="1" top="0" width="9e9" height="3"'))).toContain('width is “9e9” where a number was expected.');
    expect(await messageOf(mask('rle="12" left="1" width="9" height="3"'))).toContain('A <mask> has no top.');
    expect(await messageOf(document('<polygon label="cup" points="0,0;1,1"/>'))).toContain('A polygon has three or more points.');
    expect(await messageOf(document('<polygon label="cup" points="0,0;1,1;Infinity,2"/>'))).toContain('There is “Infinity,2” among the points');
    expect(await messageOf(document('<polygon points="0,0;1,1;2,2"/>'))).toContain('A <polygon> has no label.');
    expect(await messageOf(document('<polygon label="cup" points=">'))).toMatch(/^annotations\.xml, line \d+, column \d+: It is no XML here: /);
    expect(await messageOf('<annotations><image name="a.png" width="99999999" height="99999999"></image></annotations>')).toContain('The image is said to be 99999999 x 99999999; 100000000 pixels are the most.');
    expect(await messageOf('<annotations><image width="9" height="9"></image></annotations>')).toContain('An <image> has no name.');
    expect(await messageOf('<annotations><track id="0" label="car"></track></annotations>')).toContain('so it is “CVAT for video”');
    expect(await messageOf('<root><annotations></annotations></root>')).toContain('It begins with <root>');
    expect(await messageOf('<?xml version="1.0" encoding="latin1"?><annotations></annotations>')).toContain('Its encoding is latin1; save it as UTF-8.');
    expect(await messageOf(`<annotations>${'<a>'.repeat(5000)}`)).toContain('It is nested more than 200 levels deep.');
  });

  it('does not expand entities: a document of a few lines can’t stand for gigabytes, nor for another file', async () => {
    const bomb = `<?xml version="1.0"?>\n<!DOCTYPE annotations [<!ENTITY a "xxxxxxxxxx">${'bcdefghij'.split('').map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at] ?? ''};`.repeat(10)}">`).join('')}]>\n<annotations><image name="&j;" width="1" height="1"></image></annotations>`;
    expect(await messageOf(bomb)).toBe('annotations.xml, line 3, column 30: It is no XML here: undefined entity.');
    const outside = '<!DOCTYPE annotations [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<annotations><image name="a" width="1" height="1"><tag label="&x;"/></image></annotations>';
    expect(await messageOf(outside)).toBe('annotations.xml, line 2, column 66: It is no XML here: undefined entity.');
  });

  it('answers broken sources with errors of its own', async () => {
    const mask = labelsOf('..#.. .#.#. ..#.. #...#');
    for (const shapes of ['masks', 'polygons']) {
      await fuzzImport(cvatImport, (folder) => exportTo(folder, cvatExport, [{ mask }, { mask, category: 'cup', split: 'val' }], { options: { shapes }, withPhotos: shapes === 'masks' }), { numRuns: 150 });
    }
  });

  it('is not taken for VOC', async () => {
    expect(await sureness({ 'Annotations/a.xml': '<annotation><folder>x</folder></annotation>' }, cvatImport)).toBe(0);
  });
});

it('what XML can’t hold is replaced, all else comes through', () => {
  expect(escapeXml('a\u0000b\ud800')).toBe('a\ufffdb\ufffd');
});
