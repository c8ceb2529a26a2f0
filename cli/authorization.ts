/** What people set, as messages name it. */
export const CREDENTIALS = 'VITRINE_TOKEN to what vitrine sign-in printed, or VITRINE_PRIVATE_KEY to a key';

/** The header by which the API knows who calls: a person's token, or a key. @returns undefined when neither is set */
export function authorizationIn(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const { VITRINE_TOKEN: token, VITRINE_PRIVATE_KEY: key } = environment;
  if (token) return `Bearer ${token}`;
  return key ? `Basic ${Buffer.from(`${key}:`).toString('base64')}` : undefined;
}
