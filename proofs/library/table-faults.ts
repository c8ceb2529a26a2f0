import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from '../random.ts';

/** How often things go wrong, in percent of the requests that they can happen to. */
export interface FaultRates {
  /** A transaction meets another one: AWS cancels it, the local table waits instead. */
  readonly conflict: number;
  readonly throttling: number;
  /** What was asked for is done, and the connection ends before the answer. */
  readonly lostAnswer: number;
}

/** What went wrong so far. */
export type FaultCounts = { conflict: number; throttling: number; lostAnswer: number };

export interface FaultyTable {
  readonly endpoint: string;
  readonly counts: FaultCounts;
  close(): Promise<void>;
}

/** Stands before a table and does to requests what AWS does at times and the local table never does. */
export async function startFaultyTable(target: string, rates: FaultRates, random: Random): Promise<FaultyTable> {
  const counts: FaultCounts = { conflict: 0, throttling: 0, lostAnswer: 0 };
  const happens = (fault: keyof FaultRates): boolean => {
    const does = random(1000) < rates[fault] * 10;
    if (does) counts[fault]++;
    return does;
  };
  const server = createServer(async (incoming, answer) => {
    const body = await bodyOf(incoming);
    const action = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    if (action === 'TransactWriteItems' && happens('conflict')) return refuse(answer, conflictOf(body, random));
    if (happens('throttling')) return refuse(answer, THROTTLED);
    const loses = action !== 'Scan' && happens('lostAnswer');
    forward(target, incoming, body, (response, bytes) => {
      if (loses) return void incoming.socket.destroy();
      answer.writeHead(response.statusCode ?? 500, response.headers);
      answer.end(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const TYPE = 'com.amazonaws.dynamodb.v20120810#';
const THROTTLED = { __type: `${TYPE}ThrottlingException`, message: 'Throughput exceeds the current capacity.' };

/** As AWS words it: one of the items met another transaction. */
function conflictOf(body: Buffer, random: Random) {
  const { TransactItems } = JSON.parse(body.toString()) as { TransactItems: unknown[] };
  const place = random(TransactItems.length);
  const reasons = TransactItems.map((_, index) =>
    index === place
      ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
      : { Code: 'None' },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return {
    __type: `${TYPE}TransactionCanceledException`,
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
  };
}

function refuse(answer: ServerResponse, body: object): void {
  answer.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
  answer.end(JSON.stringify(body));
}

function forward(
  target: string,
  incoming: IncomingMessage,
  body: Buffer,
  done: (response: IncomingMessage, bytes: Buffer) => void,
): void {
  const { host: _, ...headers } = incoming.headers;
  const outgoing = request(target, { method: 'POST', path: incoming.url, headers }, async (response) => {
    done(response, await bodyOf(response));
  });
  outgoing.on('error', () => incoming.socket.destroy());
  outgoing.end(body);
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
