import type { Deployment } from './deployment.ts';

/** Asks the API for what it does not have. @returns undefined when nobody answers */
export async function askApi(
  { api, privateKey }: Deployment,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response | undefined> {
  const authorization = `Basic ${Buffer.from(`${privateKey}:`).toString('base64')}`;
  try {
    const answer = await fetch(`${api}/v1/vitrine-doctor`, { headers: { authorization, ...headers } });
    await answer.arrayBuffer();
    return answer;
  } catch {
    return undefined;
  }
}
