import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Product } from './children.ts';

/**
 * Uploads files as multipart forms (RFC 7578) over connections that are kept. `fetch` with a `FormData` takes more than twice the
 * processor time, which the product then does not get on the same machine.
 */
export class FormUploader {
  readonly #agent: Agent;
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #boundary = `bench-${randomUUID()}`;

  constructor({ api, privateKey }: Pick<Product, 'api' | 'privateKey'>, connections: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#url = `${api}/v1/files/upload`;
    this.#headers = {
      authorization: `Basic ${btoa(`${privateKey}:`)}`,
      'content-type': `multipart/form-data; boundary=${this.#boundary}`,
    };
  }

  /** @throws when the answer is not 200 */
  async upload(fields: Readonly<Record<string, string>>, file: Buffer): Promise<void> {
    const pieces = [this.#before(fields), file, Buffer.from(`\r\n--${this.#boundary}--\r\n`)];
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { ...this.#headers, 'content-length': pieces.reduce((sum, { length }) => sum + length, 0) };
      const call = request(this.#url, { method: 'POST', agent: this.#agent, headers }, resolve).on('error', reject);
      for (const piece of pieces) call.write(piece);
      call.end();
    });
    const said = await text(answer);
    if (answer.statusCode !== 200) throw new Error(`An upload was answered ${answer.statusCode}: ${said}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  /** What stands before the bytes of the file. */
  #before(fields: Readonly<Record<string, string>>): Buffer {
    const begin = `--${this.#boundary}\r\nContent-Disposition: form-data; name=`;
    const texts = Object.entries(fields).map(([name, value]) => `${begin}"${name}"\r\n\r\n${value}\r\n`);
    const file = `${begin}"file"; filename="file.txt"\r\nContent-Type: application/octet-stream\r\n\r\n`;
    return Buffer.from(texts.join('') + file);
  }
}
