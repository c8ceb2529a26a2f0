import { describe, expect, it } from 'vitest';
import { readXmp } from '../../../lambda/formats/metadata/xmp.ts';
import { xmpPacket } from './xmp-packet.ts';

const read = (text: string) => Object.fromEntries(readXmp(Buffer.from(text)));

describe('an XMP packet', () => {
  it('has texts in languages, lists, and plain texts as elements and as attributes', () => {
    const packet = xmpPacket(
      `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Harbour</rdf:li><rdf:li xml:lang="de">Hafen &amp; Meer</rdf:li></rdf:Alt></dc:title>
      <dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li> boats </rdf:li><rdf:li/></rdf:Bag></dc:subject>
      <photoshop:Headline><![CDATA[In the <evening>]]></photoshop:Headline>`,
      'photoshop:City="Genova" xmp:Rating="4"',
    );

    expect(read(`\uFEFF${packet}\n   \0\0`)).toEqual({
      title: new Map([
        ['x-default', 'Harbour'],
        ['de', 'Hafen & Meer'],
      ]),
      subject: ['sea', 'boats'],
      Headline: 'In the <evening>',
      City: 'Genova',
      Rating: '4',
    });
  });

  it('leaves out what nobody asked for, also a property of the same name elsewhere', () => {
    const packet = xmpPacket(
      '<stEvt:history xmlns:stEvt="urn:other"><rdf:Seq><rdf:li><dc:title>deep</dc:title></rdf:li></rdf:Seq></stEvt:history>' +
        '<other:title xmlns:other="urn:other">foreign</other:title><dc:creator></dc:creator>',
    );

    expect(read(packet)).toEqual({});
  });

  it.each([
    ['is cut off', xmpPacket('<photoshop:City>Genova</photoshop:City>').slice(0, -20)],
    ['declares entities', `<!DOCTYPE x [<!ENTITY a "aaaa">]>${xmpPacket('<photoshop:City>&a;</photoshop:City>')}`],
    ['is too large', xmpPacket(`<photoshop:City>${'a'.repeat(1_000_000)}</photoshop:City>`)],
    ['is no XML', 'Exif'],
    ['is empty', ''],
  ])('that %s says nothing', (_, text) => {
    expect(read(text)).toEqual({});
  });
});
