import { once } from 'node:events';
import { createServer } from 'node:http';

/** Milliseconds that a person may take. */
const PATIENCE = 600_000;

/**
 * Waits on this machine alone until a browser comes back from the sign-in.
 * @param callback where it comes to: an address of this machine with its port
 * @param ready is called as soon as somebody waits there
 * @returns the whole address that it came to
 * @throws Error when the port is taken, or nobody comes
 */
export async function awaitBrowser(callback: string, ready: () => void): Promise<URL> {
  const { port, pathname } = new URL(callback);
  const { promise, resolve, reject } = Promise.withResolvers<URL>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', callback);
    const isBack = request.method === 'GET' && url.pathname === pathname;
    response.writeHead(isBack ? 200 : 404, {
      'content-type': 'text/plain; charset=utf-8',
      'referrer-policy': 'no-referrer',
    });
    const text = isBack ? 'You can close this page and go back to the command line.\n' : 'There is nothing here.\n';
    response.end(text, () => isBack && resolve(url));
  });
  const late = setTimeout(() => reject(new Error('nobody signed in within ten minutes')), PATIENCE);
  try {
    server.listen(Number(port), '127.0.0.1');
    await once(server, 'listening').catch(() => {
      throw new Error(`port ${port} of this machine is in use by another program`);
    });
    ready();
    return await promise;
  } finally {
    clearTimeout(late);
    server.close();
    server.closeAllConnections();
  }
}
