import fc from 'fast-check';
import { expect } from 'vitest';
import { MalformedXml, readXml, xmlDocument } from '../packages/local-cloud/src/xml.ts';
import { checkProperty } from './check-property.ts';
import type { Proof } from './proof.ts';

const PIECES = ['<a>', '</a>', '<b/>', '<', '>', '&', '&lt;', '&#0;', '&#x110000;', '<!--', '-->', 'x'];

/** XML as the local cloud reads and writes it. */
export const S3_XML: Proof<{ documents: number; malformed: number }> = {
  name: 's3-xml',
  sentence:
    'Any text that is written as XML is read back; what is not well-formed is refused with an error of its own.',
  small: { documents: 100, malformed: 100 },
  full: { documents: 200_000, malformed: 400_000 },
  async run({ documents, malformed }, seed, report) {
    const counts = { 'documents read back': 0, 'pieces read': 0, 'pieces refused': 0 };
    const readBack = fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }), (texts) => {
      const document = readXml(xmlDocument('Root', { List: { Item: texts }, Empty: undefined }), 'Root');
      const items = document.first('List')?.all('Item');
      expect(items?.map((item) => item.content)).toEqual(texts);
      expect(document.first('Empty')).toBeUndefined();
      report(`${++counts['documents read back']} of ${documents} documents`);
    });
    await checkProperty('any text is read back', readBack, { runs: documents, seed });

    const pieces = fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }), (parts) => {
      counts[isRead(parts.join('')) ? 'pieces read' : 'pieces refused']++;
      report(`${counts['pieces read'] + counts['pieces refused']} of ${malformed} pieces`);
    });
    await checkProperty('what is not well-formed is refused', pieces, { runs: malformed, seed });
    return counts;
  },
};

/** Any error but the one for malformed XML fails the proof. */
function isRead(text: string): boolean {
  try {
    readXml(text, 'a');
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedXml);
    return false;
  }
}
