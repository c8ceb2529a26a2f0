import { isIP } from 'node:net';

/**
 * Takes out what must not be in an issue: what is named, and everything that looks like an account, an access key or an
 * address.
 * @param secrets text and what stands for it
 */
export function redact(text: string, secrets: readonly (readonly [secret: string, placeholder: string])[]): string {
  const named = secrets
    .filter(([secret]) => secret !== '')
    .reduce((result, [secret, placeholder]) => result.replaceAll(secret, placeholder), text);
  return named
    .replace(/\b\d{12}\b/g, '<account>')
    .replace(/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, '<access key>')
    .replace(/[0-9a-f.:]{7,}/gi, (word) => {
      const address = word.replace(/[.:]+$/, '');
      return isIP(address) ? `<address>${word.slice(address.length)}` : word;
    })
    .replace(/\b(\d{1,3}\.){3}\d{1,3}\b/g, '<address>');
}
