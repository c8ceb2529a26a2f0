import { joinPieces } from './joined-pieces.ts';

/** All bytes of a request's body. `arrayBuffer` would copy them, also those that come in one piece. */
export async function wholeBody({ body }: Request): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const reader = body?.getReader();
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    const { buffer, byteOffset, byteLength } = read.value;
    pieces.push(Buffer.from(buffer, byteOffset, byteLength));
  }
  return joinPieces(pieces);
}
