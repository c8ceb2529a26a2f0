import { Zip, ZipDeflate } from 'fflate';
import type { ZipMember } from '../../core/library/zips/zip-storage.ts';

/**
 * A ZIP file (PKWARE's APPNOTE), written from front to end; a member is read only as fast as the ZIP is taken. Its numbers have 32
 * bits: members and directory have to stay below 4 GiB.
 */
export async function* zipFile(members: AsyncIterable<ZipMember>): AsyncGenerator<Uint8Array> {
  const written: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    written.push(piece);
  });
  for await (const { name, modifiedAt, bytes } of members) {
    // Pictures are compressed already. Still a block of DEFLATE frames their bytes: readers that do not look at the end of the file
    // find the end of a member only so.
    const member = new ZipDeflate(name, { level: 0 });
    member.mtime = modifiedAt;
    zip.add(member);
    for await (const piece of bytes) {
      member.push(piece);
      yield* written.splice(0);
    }
    member.push(new Uint8Array(), true);
    yield* written.splice(0);
  }
  zip.end();
  yield* written.splice(0);
}
