import type { IncomingMessage } from 'node:http';
import type { IncomingUpload } from '../../api/receive-upload.ts';

/** A request of Node's server; nothing of its body is read yet. */
export function toIncomingUpload(message: IncomingMessage): IncomingUpload {
  const { method = 'GET', url = '/', headersDistinct } = message;
  const [, path = '/', query = ''] = /^([^?]*)\??(.*)$/s.exec(url) ?? [];
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  return { method, path, query, headers, body: message };
}
