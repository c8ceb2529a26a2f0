import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openListener } from '../src/listener.ts';

describe('a listener', () => {
  it('asks for patience until there is something to answer', async () => {
    const door = await openListener(0, 'PORT');
    const early = await fetch(`http://${door.host}/`);
    door.serve((_, response) => response.end('hello'));
    const later = await fetch(`http://${door.host}/`);

    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await later.text()).toBe('hello');
    await door.close();
  });

  it('answers at every address that localhost may mean', async () => {
    const door = await openListener(0, 'PORT');
    door.serve((_, response) => response.end('hello'));

    for (const host of ['localhost', '127.0.0.1']) {
      expect(await (await fetch(`http://${host}:${door.port}/`)).text()).toBe('hello');
    }
    await door.close();
  });

  it.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: '],
    ['a body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\nx'],
  ])('ends a request whose %s do not arrive in time (RATE-009)', async (_, begun) => {
    const door = await openListener(0, 'PORT', { requestMilliseconds: 200 });
    door.serve((request) => void request.resume());
    const slow = connect(door.port, '127.0.0.1');
    slow.on('error', () => {});
    slow.write(begun);
    let answer = '';
    slow.on('data', (chunk: Buffer) => (answer += chunk.toString()));

    await once(slow, 'close');

    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    await door.close();
  });

  it('waits for a body for as long as it comes', async () => {
    const door = await openListener(0, 'PORT', { requestMilliseconds: 200 });
    door.serve((request, response) => {
      request.resume().on('end', () => response.end('whole'));
    });
    const [pieces, piece] = [10, Buffer.alloc(50_000)];
    const body = async function* () {
      for (let sent = 0; sent < pieces; sent++) {
        yield piece;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    const answer = await fetch(`http://${door.host}/`, { method: 'POST', body: body(), duplex: 'half' });

    expect(await answer.text()).toBe('whole');
    await door.close();
  });

  it('lets a request end before it closes, and cuts one that does not', async () => {
    const door = await openListener(0, 'PORT');
    door.serve((request, response) => {
      if (request.url === '/slow') setTimeout(() => response.end('done'), 100);
    });
    const slow = fetch(`http://127.0.0.1:${door.port}/slow`);
    const never = connect(door.port, '127.0.0.1');
    never.write('GET /never HTTP/1.1\r\nHost: x\r\n\r\n');
    never.on('error', () => {});
    await once(never, 'connect');
    await new Promise((resolve) => setTimeout(resolve, 30));

    const cut = once(never, 'close');
    await door.close();

    expect(await (await slow).text()).toBe('done');
    await cut;
  });

  it('names the port that is taken and the variable that changes it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;

    await expect(openListener(port, 'API_PORT')).rejects.toThrow(
      `Port ${port} is taken by another program. Stop it, or set API_PORT to another port.`,
    );
    other.close();
  });
});
