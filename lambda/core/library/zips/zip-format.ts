import { crc32 } from 'node:zlib';

/*
 * A ZIP file as PKWARE's APPNOTE 6.3.10 has it, written from front to end. Nothing is compressed: pictures are already. Bytes
 * still go into stored blocks of DEFLATE (RFC 1951, section 3.2.4), because readers that do not look at the end of a file
 * find the end of a member only so.
 */

/** A member that is written: what the directory at the end says of it. */
export interface ZipMember {
  readonly name: Buffer;
  /** ISO 8601. */
  readonly modifiedAt: string;
  readonly crc: number;
  /** In the ZIP. */
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its header begins. */
  readonly offset: number;
}

const VERSION = 20;
/** Sizes follow the bytes (bit 3), the name is UTF-8 (bit 11). */
const FLAGS = 0x0808;
const DEFLATED = 8;
const BLOCK = 65_535;

type Field = readonly [value: number, bytes: 2 | 4];

function fields(...list: readonly Field[]): Buffer {
  const buffer = Buffer.alloc(list.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of list) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}

/** Before the bytes of a member. */
export function memberHeader({ name, modifiedAt }: Pick<ZipMember, 'name' | 'modifiedAt'>): Buffer {
  const [time, date] = dosTime(modifiedAt);
  const head = fields(
    ...([
      [0x04034b50, 4],
      [VERSION, 2],
      [FLAGS, 2],
      [DEFLATED, 2],
      [time, 2],
      [date, 2],
    ] as const),
    ...([
      [0, 4],
      [0, 4],
      [0, 4],
      [name.length, 2],
      [0, 2],
    ] as const),
  );
  return Buffer.concat([head, name]);
}

/** The bytes of a member, framed, and what they come to. */
export class MemberBytes {
  #crc = 0;
  #bytes = 0;
  #packedBytes = 0;

  /** Pieces that follow each other in the ZIP. */
  *frame(piece: Uint8Array): Generator<Uint8Array> {
    this.#crc = crc32(piece, this.#crc);
    this.#bytes += piece.length;
    for (let from = 0; from < piece.length; from += BLOCK) {
      const part = piece.subarray(from, from + BLOCK);
      yield* this.#block(part, false);
    }
  }

  /** What ends them. */
  *end(): Generator<Uint8Array> {
    yield* this.#block(new Uint8Array(), true);
    yield fields([0x08074b50, 4], [this.#crc, 4], [this.#packedBytes, 4], [this.#bytes, 4]);
  }

  get sizes(): Pick<ZipMember, 'crc' | 'bytes' | 'packedBytes'> {
    return { crc: this.#crc, bytes: this.#bytes, packedBytes: this.#packedBytes };
  }

  *#block(part: Uint8Array, isLast: boolean): Generator<Uint8Array> {
    this.#packedBytes += 5 + part.length;
    yield Buffer.from([
      isLast ? 1 : 0,
      part.length & 0xff,
      part.length >> 8,
      ~part.length & 0xff,
      (~part.length >> 8) & 0xff,
    ]);
    if (part.length > 0) yield part;
  }
}

/** The directory at the end of the file. @param offset at which it begins */
export function directory(members: readonly ZipMember[], offset: number): Buffer {
  const entries = Buffer.concat(members.map(directoryEntry));
  const count = members.length;
  const end = fields(
    ...([
      [0x06054b50, 4],
      [0, 2],
      [0, 2],
      [count, 2],
      [count, 2],
    ] as const),
    ...([
      [entries.length, 4],
      [offset, 4],
      [0, 2],
    ] as const),
  );
  return Buffer.concat([entries, end]);
}

function directoryEntry({ name, modifiedAt, crc, packedBytes, bytes, offset }: ZipMember): Buffer {
  const [time, date] = dosTime(modifiedAt);
  const head = fields(
    ...([
      [0x02014b50, 4],
      [VERSION, 2],
      [VERSION, 2],
      [FLAGS, 2],
      [DEFLATED, 2],
      [time, 2],
      [date, 2],
    ] as const),
    ...([
      [crc, 4],
      [packedBytes, 4],
      [bytes, 4],
      [name.length, 2],
      [0, 2],
      [0, 2],
    ] as const),
    ...([
      [0, 2],
      [0, 2],
      [0, 4],
      [offset, 4],
    ] as const),
  );
  return Buffer.concat([head, name]);
}

/** Two seconds is the finest that MS-DOS knew, and 1980 the earliest. */
function dosTime(iso: string): readonly [time: number, date: number] {
  const at = new Date(iso);
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return [time, ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()];
}
