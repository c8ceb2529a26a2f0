import { expect } from 'vitest';
import type { Product } from '../../product/product.ts';

/** Somebody else at the same time: a program with the private key. */
export interface AsProgram {
  /** @returns the answer's body */
  readonly call: <T>(method: string, path: string, body?: object) => Promise<T>;
  /** Uploads a small picture, or other bytes. @returns what the API answers */
  readonly upload: (
    filePath: string,
    options?: {
      readonly tags?: string;
      readonly bytes?: string | Uint8Array<ArrayBuffer>;
      readonly fields?: Readonly<Record<string, string>>;
    },
  ) => Promise<{ readonly fileId: string; readonly url: string }>;
}

export function asProgram(product: Product): AsProgram {
  const authorization = `Basic ${btoa(`${product.privateKey}:`)}`;
  return {
    call: async <T>(method: string, path: string, body?: object) => {
      const headers = { authorization, ...(body && { 'content-type': 'application/json' }) };
      const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      const answer = await fetch(`${product.api}${path}`, sent);
      const text = await answer.text();
      expect(answer.ok, text).toBe(true);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
    upload: async (filePath, { tags = '', bytes = drawing(filePath), fields = {} } = {}) => {
      const form = new FormData();
      const at = filePath.lastIndexOf('/');
      const fileName = filePath.slice(at + 1);
      const given = { fileName, folder: filePath.slice(0, at) || '/', tags, useUniqueFileName: 'false', ...fields };
      for (const [name, value] of Object.entries(given)) form.set(name, value);
      form.set('file', new Blob([bytes]), fileName);
      const headers = { authorization };
      const answer = await fetch(`${product.api}/api/v1/files/upload`, { method: 'POST', headers, body: form });
      const text = await answer.text();
      expect(answer.ok, text).toBe(true);
      return JSON.parse(text) as { fileId: string; url: string };
    },
  };
}

/** Other bytes for every name. */
const drawing = (name: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!--${name}--></svg>`;
