import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What a server does after it has been asked: pieces of text with pauses between them, and how it ends. */
export interface RawAnswer {
  readonly pieces: readonly string[];
  /** Milliseconds before each piece. */
  readonly pause: number;
  /** `silence`: the connection stays open. `endless`: the last piece is sent again and again. */
  readonly end: 'finish' | 'reset' | 'silence' | 'endless';
}

/** A server that sends what it is told, whether that is HTTP or not. It answers requests in turn. */
export interface RawServer {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  answer: RawAnswer;
  close(): void;
}

export async function startRawServer(answer: RawAnswer): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const raw = { url: '', answer, close };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    socket.once('data', () => void play(raw.answer, socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  raw.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return raw;

  function close(): void {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

async function play({ pieces, pause: milliseconds, end }: RawAnswer, socket: Socket): Promise<void> {
  for (const piece of pieces) {
    await pause(milliseconds);
    socket.write(piece, 'latin1');
  }
  while (end === 'endless' && !socket.destroyed) {
    await pause(Math.max(1, milliseconds));
    socket.write(pieces.at(-1) ?? '', 'latin1');
  }
  if (end === 'finish') socket.end();
  if (end === 'reset') socket.resetAndDestroy();
}
