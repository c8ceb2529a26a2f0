/**
 * Gives the memory of bytes back at once. Left to V8 it counts until garbage of all ages is collected, which large buffers make
 * V8 do every few pictures. Nobody may read the bytes any more, least of all a call of sharp that still runs.
 * What shares its memory with others is left to V8.
 */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
