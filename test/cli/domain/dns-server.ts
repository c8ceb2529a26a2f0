import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

/** Records by name: a CNAME or an IPv4 address. */
export type Zone = Map<string, { readonly CNAME?: string; readonly A?: string }>;

const TYPES = { A: 1, CNAME: 5 } as const;
const NAME_UNKNOWN = 3;

/** A DNS server of one zone on the loopback interface, over UDP (RFC 1035, section 4). @returns its address with port */
export async function dnsServer(
  zone: Zone,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => socket.send(answerTo(question, zone), from.port, from.address));
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  const { port } = socket.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, close: () => new Promise((done) => socket.close(() => done())) };
}

function answerTo(question: Buffer, zone: Zone): Buffer {
  const { name, end } = nameAt(question, 12);
  const type = question.readUInt16BE(end);
  const found = zone.get(name.toLowerCase());
  const data =
    type === TYPES.CNAME && found?.CNAME
      ? encoded(found.CNAME)
      : type === TYPES.A && found?.A
        ? bytes(found.A)
        : undefined;
  const header = Buffer.alloc(12);
  question.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | (found ? 0 : NAME_UNKNOWN), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(data ? 1 : 0, 6);
  return Buffer.concat([header, question.subarray(12, end + 4), ...(data ? [record(type, data)] : [])]);
}

/** A record of the name that was asked, which stands at byte 12. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 1, 0, data.length]);
  return Buffer.concat([head, data]);
}

const bytes = (address: string): Buffer => Buffer.from(address.split('.').map(Number));

const encoded = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);

function nameAt(message: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}
